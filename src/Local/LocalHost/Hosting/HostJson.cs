using Azure.Messaging.ServiceBus;

namespace LocalHost.Hosting;

/// <summary>What <c>host.json</c> says of the triggers, with the defaults of the Functions host.</summary>
/// <param name="RoutePrefix">What stands before every route.</param>
/// <param name="Processor">How queues are read.</param>
public sealed record HostJson(string RoutePrefix, ServiceBusProcessorOptions Processor)
{
    private const int DefaultCallsPerCore = 16;

    /// <summary>Reads the file beside the program.</summary>
    /// <exception cref="LocalHostException">It is missing or malformed.</exception>
    public static HostJson Read()
    {
        try
        {
            var json = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("host.json").Build();
            var serviceBus = json.GetSection("extensions:serviceBus");
            return new HostJson(
                json["extensions:http:routePrefix"] ?? "api",
                new ServiceBusProcessorOptions
                {
                    PrefetchCount = serviceBus.GetValue("prefetchCount", 0),
                    MaxConcurrentCalls = serviceBus.GetValue("maxConcurrentCalls", DefaultCallsPerCore * Environment.ProcessorCount),
                    MaxAutoLockRenewalDuration = serviceBus.GetValue("maxAutoLockRenewalDuration", TimeSpan.FromMinutes(5)),
                });
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or ArgumentException)
        {
            throw new LocalHostException($"host.json cannot be used: {(e.InnerException ?? e).Message}", e);
        }
    }
}
