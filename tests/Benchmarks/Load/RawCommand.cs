using System.CommandLine;
using System.Globalization;

namespace Benchmarks.Load;

/// <summary>
/// Makes raw calls as it is told on standard input, and says on standard output where its own endpoint is, then how many seconds
/// each order took. Not for humans.
/// </summary>
internal static class RawCommand
{
    public const string Name = "raw";

    private static readonly Argument<string> ServiceBus = new("service-bus");
    private static readonly Argument<string> Blobs = new("blobs");
    private static readonly Argument<string> DingTalk = new("dingtalk");

    public static Command Create()
    {
        var command = new Command(Name, "Makes raw calls for the load command.") { ServiceBus, Blobs, DingTalk };
        command.Hidden = true;
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var calls = new RawCalls(parsed.GetRequiredValue(ServiceBus), parsed.GetRequiredValue(Blobs), new Uri(parsed.GetRequiredValue(DingTalk)));
        var (server, address) = await RawEndpoint.StartAsync(cancellationToken);
        await using var stopServer = server;
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            var elapsed = await calls.RunAsync(RawOrder.Parse(line), cancellationToken);
            Console.WriteLine(elapsed.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
