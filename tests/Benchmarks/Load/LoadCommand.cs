using System.CommandLine;
using System.Text.Json;

namespace Benchmarks.Load;

/// <summary>Measures throughput, latency and cost of the whole path.</summary>
internal static class LoadCommand
{
    private const int MaxMeetings = 1_000_000;
    private const int MaxConcurrency = 1_000;

    private static readonly Option<int> Meetings = NumberOption.Create("--meetings", "The conferences of each part of the run.", 1_000, MaxMeetings);
    private static readonly Option<int> Concurrency = NumberOption.Create("--concurrency", "Pushes at once.", 32, MaxConcurrency);
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };

    public static Command Create()
    {
        var command = new Command("load", "Pushes, drains, and compares with the raw limits of this machine.") { Meetings, Concurrency, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new LoadOptions(parsed.GetValue(Meetings), parsed.GetValue(Concurrency));
        var run = new LoadRun(options, static what => Console.Error.WriteLine($"{what} ..."));
        var result = await run.RunAsync(cancellationToken);
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(result, LoadJsonContext.Default.LoadResult));
        }
        else
        {
            LoadReport.Print(Console.Out, result);
        }

        return result.Manifests == result.Expected ? 0 : 1;
    }
}
