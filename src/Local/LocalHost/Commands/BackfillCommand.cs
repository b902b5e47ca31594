using System.CommandLine;
using MeetingRecordings;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Operators;
using MeetingRecordings.Notifications.Plain;

namespace LocalHost.Commands;

/// <summary>Has the conferences of a list looked at, or what was recorded archived.</summary>
internal static class BackfillCommand
{
    private const int MaxProblems = 20;

    private static readonly Option<FileInfo> From = new("--from")
    {
        Description = "A text file with a conference id on each line, or a CSV file: conferenceId, unionId, corpId, endedAt.",
    };

    private static readonly Option<bool> Archive = new("--archive")
    {
        Description = "Archives what recorded manifests tell of, as far as Archive__Enabled and Transcripts__Enabled want it; of all, or of the list.",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "With --archive: only says how many calls and bytes it would take." };

    public static Command Create()
    {
        var command = new Command("backfill", "Puts the conferences of a list on the queue. A run that was stopped goes on where it was.");
        foreach (var option in (Option[])[From, Archive, DryRun])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(static result =>
        {
            if (!result.GetValue(Archive) && result.GetValue(From) is null)
            {
                result.AddError("--from is missing: a file that lists conferences.");
            }
            else if (!result.GetValue(Archive) && result.GetValue(DryRun))
            {
                result.AddError("--dry-run goes with --archive.");
            }
        });
        OperatorCommand.SetAction(
            command,
            static (parsed, services, settings) => _ = parsed.GetValue(Archive) ? services.AddArchiveBackfill(settings) : services.AddQueueTools(settings),
            static (parsed, services, token) => parsed.GetValue(Archive) ? ArchiveAsync(parsed, services, token) : LookAsync(parsed, services, token));
        return command;
    }

    private static async Task<int> LookAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(From).FullName;
        var result = await LookAsync(services.GetRequiredService<BackfillRun>(), file, cancellationToken);
        await TellAsync(result.Problems);
        var unusable = Counted.Of(result.Problems.Count, "line");
        Console.WriteLine($"{result.Enqueued} enqueued, {result.EnqueuedBefore} had been before, {unusable} cannot be used.");
        if (result.Enqueued == 0 && result.EnqueuedBefore > 0)
        {
            Console.WriteLine($"To enqueue the list again, delete {file}{BackfillRun.ProgressExtension}.");
        }

        return result.Problems.Count == 0 ? 0 : 1;
    }

    private static async Task<BackfillResult> LookAsync(BackfillRun run, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await run.RunAsync(file, static (done, all) => Console.WriteLine($"{done} of {all} are on the queue."), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. The same command goes on from here.");
            throw;
        }
    }

    private static async Task<int> ArchiveAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<ArchiveSwitch>() is { Files: false, Transcripts: false })
        {
            throw new LocalHostException("Nothing is archived: set Archive__Enabled or Transcripts__Enabled to true, here and for the app.");
        }

        var list = parsed.GetValue(From) is { } from ? BackfillList.Read(await File.ReadAllBytesAsync(from.FullName, cancellationToken)) : null;
        await TellAsync(list?.Problems ?? []);
        var dryRun = parsed.GetValue(DryRun);
        var result = await services.GetRequiredService<ArchiveBackfill>().RunAsync(
            list?.Notifications.Select(static notification => notification.Message.ConferenceId).Distinct().ToList(),
            dryRun,
            static found => Console.WriteLine($"{found} so far."),
            cancellationToken);
        var what = $"{Counted.Of(result.Files, "file")} of {result.Bytes} bytes and {Counted.Of(result.Transcripts, "transcript")}";
        var calls = Counted.Of(result.Calls, "metered call");
        Console.WriteLine(dryRun ? $"{what} would be archived, with {calls} at least." : $"{what} are on the queue, for {calls} at least.");
        return list is null or { Problems.Count: 0 } ? 0 : 1;
    }

    private static async Task TellAsync(IEnumerable<BackfillProblem> problems)
    {
        foreach (var problem in problems.Take(MaxProblems))
        {
            await Console.Error.WriteLineAsync(PrintableText.Of($"Line {problem.Line}: {problem.Problem}"));
        }
    }
}
