using System.CommandLine;
using System.Text.Json;
using Benchmarks.Load;

namespace Benchmarks.Notifications;

/// <summary>Measures accepting notifications: with and without group commit, and at a given rate.</summary>
internal static class NotificationsCommand
{
    private static readonly Option<int> Count = NumberOption.Create("--count", "The pushes of each half of a part.", 20_000, 1_000_000);
    private static readonly Option<int> Concurrency = NumberOption.Create("--concurrency", "Pushes at once.", 256, 1_000);
    private static readonly Option<int> Rate = NumberOption.Create("--rate", "Pushes a second of the open loop.", 1_000, 100_000);
    private static readonly Option<int> Seconds = NumberOption.Create("--seconds", "How long the open loop goes on.", 20, 3_600);
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };

    public static Command Create()
    {
        var command = new Command("notifications", "Accepts notifications with and without group commit, and at a given rate.") { Count, Concurrency, Rate, Seconds, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new NotificationsOptions(parsed.GetValue(Count), parsed.GetValue(Concurrency), parsed.GetValue(Rate), parsed.GetValue(Seconds));
        var run = new NotificationsRun(options, static what => Console.Error.WriteLine($"{what} ..."));
        var result = await run.RunAsync(cancellationToken);
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(result, LoadJsonContext.Default.NotificationsResult));
        }
        else
        {
            NotificationsReport.Print(Console.Out, result);
        }

        return result.Enqueued == result.Expected ? 0 : 1;
    }
}
