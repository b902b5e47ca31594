using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Configuration;

/// <summary>Where the queues are: a connection string, or a namespace and an identity.</summary>
internal sealed record ServiceBusSettings(
    string? ConnectionString,
    string? FullyQualifiedNamespace,
    string? ClientId,
    string ConferenceQueue,
    string PoisonQueue)
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);

    public static ServiceBusSettings Read(SettingsReader reader)
    {
        var settings = new ServiceBusSettings(
            reader.Optional("ServiceBus"),
            reader.Optional("ServiceBus__fullyQualifiedNamespace"),
            reader.Optional("ServiceBus__clientId"),
            reader.Optional("ConferenceQueue") ?? "conferences",
            reader.Optional("PoisonQueue") ?? "conferences-poison");
        if (settings is { ConnectionString: null, FullyQualifiedNamespace: null })
        {
            reader.Fault<string>("ServiceBus", "is missing: a connection string, or set ServiceBus__fullyQualifiedNamespace to use an identity");
        }

        return settings;
    }

    public ServiceBusClient CreateClient()
    {
        // A push has 800 ms, which a connection that Service Bus has closed in an idle hour must not use up.
        var options = new ServiceBusClientOptions { RetryOptions = { Delay = FirstRetryDelay, TryTimeout = TryTimeout } };
        return ConnectionString is not null
            ? new ServiceBusClient(ConnectionString, options)
            : new ServiceBusClient(FullyQualifiedNamespace!, AzureIdentity.Create(ClientId), options);
    }
}
