using LocalHost.Hosting;
using LocalHost.Services;
using Microsoft.Azure.Functions.Worker;

namespace LocalHost.Commands;

/// <summary>What a newcomer wants to know once all is up.</summary>
internal static class Welcome
{
    /// <summary>Prints every address, the keys, and what to try next.</summary>
    public static void Print(TextWriter output, FunctionHost host, LocalServices services)
    {
        output.WriteLine("Functions:");
        foreach (var function in host.Catalog.Http)
        {
            var methods = function.Methods.Count == 0 ? "ANY" : string.Join(',', function.Methods).ToUpperInvariant();
            output.WriteLine($"  {function.Function.Name,-18} {methods,-7} {new Uri(host.BaseAddress, function.Route)}  (key: {KeyOf(function)})");
        }

        foreach (var function in host.Catalog.Queues)
        {
            output.WriteLine($"  {function.Function.Name,-18} queue   {function.QueueName}");
        }

        foreach (var function in host.Catalog.Timers)
        {
            output.WriteLine($"  {function.Function.Name,-18} timer   {function.Schedule}");
        }

        foreach (var fault in host.Catalog.Faults)
        {
            output.WriteLine($"  {fault}");
        }

        output.WriteLine($"Keys (header x-functions-key):");
        output.WriteLine($"  Sender             {host.Keys.Sender}  (meetings/ended only)");
        output.WriteLine($"  Operator           {host.Keys.Operator}  (every function that asks for a key)");
        output.WriteLine("Operators' page:");
        output.WriteLine($"  {new Uri(host.BaseAddress, "console")}#key={Uri.EscapeDataString(host.Keys.Operator)}");
        output.WriteLine("Services:");
        output.WriteLine($"  Service Bus        {services.ServiceBus?.ConnectionString ?? "as the settings say"}");
        output.WriteLine($"  Blob Storage       {services.Blobs?.BlobEndpoint.ToString() ?? "as the settings say"}");
        output.WriteLine($"  DingTalk           {services.DingTalk?.BaseAddress.ToString() ?? "as the settings say"}");
        output.WriteLine();
        output.WriteLine("Try:");
        var conferenceId = "conference-1";
        if (services.DingTalk is { } dingTalk)
        {
            conferenceId = dingTalk.Tenant.AddConference().Id;
            output.WriteLine("  # a meeting ends in the simulator, which pushes DingTalk's encrypted event");
            output.WriteLine($"  curl -X POST {dingTalk.BaseAddress}simulator/meetings -H \"Content-Type: application/json\" -d \"{{\\\"count\\\":1,\\\"push\\\":true}}\"");
            output.WriteLine("  # a meeting ends whose recordings DingTalk refuses to show: it is dead-lettered, and can be replayed");
            output.WriteLine($"  curl -X POST {dingTalk.BaseAddress}simulator/meetings -H \"Content-Type: application/json\" -d \"{{\\\"count\\\":1,\\\"push\\\":true,\\\"script\\\":[{{\\\"code\\\":\\\"orgAccessForbidden\\\"}}]}}\"");
            output.WriteLine("  dotnet run --project src/Local/LocalHost -- poison list --source deadletter");
        }

        output.WriteLine("  # another system tells of a meeting's end");
        output.WriteLine($"  curl -X POST {new Uri(host.BaseAddress, "meetings/ended")} -H \"x-functions-key: {host.Keys.Sender}\" -H \"Content-Type: application/json\" -d \"{{\\\"conferenceId\\\":\\\"{conferenceId}\\\"}}\"");
        output.WriteLine();
        output.WriteLine("Ctrl+C stops everything that was started.");
    }

    private static string KeyOf(HttpFunction function)
        => function.Level == AuthorizationLevel.Anonymous ? "none" : FunctionKeys.ForSenders.Contains(function.Function.Name) ? "sender" : "operator";
}
