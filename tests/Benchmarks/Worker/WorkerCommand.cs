using System.CommandLine;

namespace Benchmarks.Worker;

/// <summary>Measures the real worker under a Functions host.</summary>
internal static class WorkerCommand
{
    private const int Most = 100_000;

    private static readonly Option<int> Starts = NumberOption.Create("--starts", "How often it is started; the median counts.", 10, Most);
    private static readonly Option<int> Pushes = NumberOption.Create("--pushes", "The pushes of each part of the run.", 2_000, Most);
    private static readonly Option<int> Meetings = NumberOption.Create("--meetings", "The conferences that are drained.", 2_000, Most);
    private static readonly Option<DirectoryInfo?> App = new("--app") { Description = "The folder of a published app. Default: publish it." };

    public static Command Create()
    {
        var command = new Command("worker", "Publishes the app, and times its start, its pushes and its draining under a Functions host.")
        {
            Starts, Pushes, Meetings, App,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new WorkerOptions(parsed.GetValue(Starts), parsed.GetValue(Pushes), parsed.GetValue(Meetings));
        using var published = parsed.GetValue(App) is null ? await PublishAsync(cancellationToken) : null;
        var app = published?.Path ?? parsed.GetValue(App)!.FullName;
        var run = new WorkerRun(options, app, static what => Console.Error.WriteLine($"{what} ..."));
        WorkerReport.Print(Console.Out, options, await run.RunAsync(cancellationToken));
        return 0;
    }

    private static Task<PublishedApp> PublishAsync(CancellationToken cancellationToken)
    {
        Console.Error.WriteLine("Publishing ...");
        return PublishedApp.CreateAsync(cancellationToken);
    }
}
