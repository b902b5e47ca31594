using System.CommandLine;
using MeetingRecordings;
using MeetingRecordings.Functions.Operators;

namespace LocalHost.Commands;

/// <summary>Has the conferences of a list looked at.</summary>
internal static class BackfillCommand
{
    private const int MaxProblems = 20;

    private static readonly Option<FileInfo> From = new("--from")
    {
        Description = "A text file with a conference id on each line, or a CSV file: conferenceId, unionId, corpId, endedAt.",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("backfill", "Puts the conferences of a list on the queue. A run that was stopped goes on where it was.");
        command.Options.Add(From);
        OperatorCommand.SetAction(command, static (services, settings) => services.AddQueueTools(settings), RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(From).FullName;
        var result = await RunAsync(services.GetRequiredService<BackfillRun>(), file, cancellationToken);
        foreach (var problem in result.Problems.Take(MaxProblems))
        {
            await Console.Error.WriteLineAsync(PrintableText.Of($"Line {problem.Line}: {problem.Problem}"));
        }

        var unusable = Counted.Of(result.Problems.Count, "line");
        Console.WriteLine($"{result.Enqueued} enqueued, {result.EnqueuedBefore} had been before, {unusable} cannot be used.");
        if (result.Enqueued == 0 && result.EnqueuedBefore > 0)
        {
            Console.WriteLine($"To enqueue the list again, delete {file}{BackfillRun.ProgressExtension}.");
        }

        return result.Problems.Count == 0 ? 0 : 1;
    }

    private static async Task<BackfillResult> RunAsync(BackfillRun run, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await run.RunAsync(
                file, static (done, all) => Console.WriteLine($"{done} of {all} are on the queue."), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. The same command goes on from here.");
            throw;
        }
    }
}
