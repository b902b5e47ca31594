using System.CommandLine;
using MeetingRecordings;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Operators;
using MeetingRecordings.Reading;

namespace LocalHost.Commands;

/// <summary>Puts conferences on the queue again that were given up.</summary>
internal static class PoisonReplayCommand
{
    private const int MostOfAll = 1_000_000;
    private const int MostAtOnce = 500;

    private static readonly Option<long[]> Ids = new("--id") { Description = "A sequence number; may be given several times.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> Reason = new("--reason") { Description = "How their reason or DingTalk's code begins, in any case." };
    private static readonly Option<TimeSpan?> OlderThan = new("--older-than")
    {
        Description = "The least time that they have lain there, for instance 01:00:00, or 24:00:00 for a day.",
        CustomParser = static result =>
        {
            if (result.Tokens is [var token] && TimeSpanText.TryParse(token.Value, out var age))
            {
                return age;
            }

            result.AddError($"--older-than: expected {TimeSpanText.Expected}.");
            return null;
        },
    };
    private static readonly Option<bool> All = new("--all") { Description = "Every one." };
    private static readonly Option<int> Max = OperatorCommand.MaxOption("The most messages to replay, the oldest first.", MostOfAll, MostOfAll);
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only says what would be done." };

    public static Command Create()
    {
        var command = new Command("replay", "Puts conferences on the queue again: one of --id, --reason, --older-than and --all says which.");
        foreach (var option in (Option[])[PoisonCommand.Source, Ids, Reason, OlderThan, All, Max, DryRun, OperatorCommand.Json])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(static result =>
        {
            if (new Option[] { Ids, Reason, OlderThan, All }.Count(option => result.GetResult(option) is { Implicit: false }) != 1)
            {
                result.AddError("expected exactly one of --id, --reason, --older-than and --all.");
            }
        });
        OperatorCommand.SetAction(command, static (services, settings) => services.AddQueueTools(settings), RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var source = parsed.GetValue(PoisonCommand.Source);
        var replay = services.GetRequiredService<FailedReplay>();
        var results = new SortedDictionary<long, MessageResult>();
        var dryRun = parsed.GetValue(DryRun);
        var isMore = false;
        for (var (left, more) = (parsed.GetValue(Max), true); more && left > 0 && !cancellationToken.IsCancellationRequested;)
        {
            // A batch is brought to its end, so that what is told of it is all of it. A second Ctrl+C ends the process at once.
            var answer = await replay.ReplayAsync(
                source, Select(parsed), Math.Min(left, MostAtOnce), dryRun, Asker.ThisUser, CancellationToken.None);
            foreach (var result in answer.Results)
            {
                results[result.Id] = result;
            }

            // What stays where it is would be met again and again.
            var replayed = answer.Results.Count(static result => result.Outcome == MessageOutcome.Replayed);
            (left, more) = (left - replayed, answer.More && replayed > 0);
            isMore = answer.More;
            if (more && left > 0)
            {
                await Console.Error.WriteLineAsync($"{results.Values.Count(static r => r.Outcome == MessageOutcome.Replayed)} replayed so far ...");
            }
        }

        var all = new ReplayAnswer(source, dryRun, [.. results.Values], isMore);
        Print(all, parsed.GetValue(OperatorCommand.Json));
        if (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. What is not named here is where it was.");
            return StopSignal.ExitCode;
        }

        return !isMore && results.Values.All(static result => result.Outcome is MessageOutcome.Replayed or MessageOutcome.WouldReplay) ? 0 : 1;
    }

    private static FailedSelection Select(ParseResult parsed)
        => parsed.GetValue(Ids) is { Length: > 0 } ids ? new FailedSelection.ByIds(ids.ToHashSet())
            : parsed.GetValue(Reason) is { } reason ? new FailedSelection.ByReason(reason)
            : parsed.GetValue(OlderThan) is { } age ? new FailedSelection.ByAge(age)
            : new FailedSelection.All();

    private static void Print(ReplayAnswer answer, bool json)
    {
        if (json)
        {
            Console.WriteLine(OperatorJson.Serialize(answer));
            return;
        }

        foreach (var result in answer.Results)
        {
            Console.WriteLine(PrintableText.Of($"{result.Id} {result.ConferenceId} {result.Outcome} {result.Detail}".TrimEnd()));
        }

        Console.WriteLine(string.Join(", ", answer.Results.GroupBy(static r => r.Outcome).Select(static g => $"{g.Count()} {g.Key}")) is { Length: > 0 } sum ? $"{sum}." : "Nothing to replay.");
        if (answer.More)
        {
            Console.WriteLine("More of them are left. Repeat the command, or raise --max.");
        }
    }
}
