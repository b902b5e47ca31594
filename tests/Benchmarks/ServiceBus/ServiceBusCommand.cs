using System.CommandLine;

namespace Benchmarks.ServiceBus;

/// <summary><c>servicebus</c>: how many messages a second go through a namespace or an emulator, and whether that holds for many.</summary>
internal static class ServiceBusCommand
{
    private const int Million = 1_000_000;

    public static Command Create()
    {
        var messages = NumberOption.Create("--messages", "The messages of each part.", 20_000, 10 * Million, least: 1_000);
        var million = new Option<bool>("--million") { Description = "As --messages 1000000, enqueued in batches and drained, and no other part." };
        var connection = new Option<string?>("--connection-string") { Description = "Another namespace or emulator; else this repository's runs as a process of its own." };
        var queue = new Option<string>("--queue") { Description = "The queue, which must be empty.", DefaultValueFactory = static _ => EmulatorProcess.Queue };
        var javaScript = new Option<bool>("--javascript") { Description = "Measure Microsoft's JavaScript client too." };
        var command = new Command("servicebus", "Sends, receives and completes, with the client library that the product uses.") { messages, million, connection, queue, javaScript };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isMillion = parsed.GetValue(million);
            var run = new ServiceBusRun(
                new ServiceBusOptions(
                    isMillion ? Million : parsed.GetValue(messages),
                    parsed.GetValue(connection),
                    parsed.GetRequiredValue(queue),
                    parsed.GetValue(javaScript)),
                Console.Out);
            await run.RunAsync(onlyMany: isMillion, cancellationToken);
            return 0;
        });
        return command;
    }
}
