using System.CommandLine;
using MeetingRecordings.Functions.Failed;

namespace LocalHost.Commands;

/// <summary>The messages that were given up: see them, replay them, drop them.</summary>
internal static class PoisonCommand
{
    /// <summary>Where they lie.</summary>
    public static Option<FailedQueue> Source { get; } = CreateSource();

    public static Command Create()
    {
        var command = new Command("poison", "Shows, replays and drops messages that were given up.");
        command.Subcommands.Add(PoisonListCommand.Create());
        command.Subcommands.Add(PoisonReplayCommand.Create());
        command.Subcommands.Add(PoisonDropCommand.Create());
        return command;
    }

    private static Option<FailedQueue> CreateSource()
    {
        var option = new Option<FailedQueue>("--source")
        {
            Description = "The poison queue, the conference queue's dead letters, or those of the recording queue. [poison|deadletter|recordings]",
            DefaultValueFactory = static _ => FailedQueue.Poison,
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[0].Value.ToLowerInvariant() is not ("poison" or "deadletter" or "recordings"))
            {
                result.AddError("--source: expected poison, deadletter or recordings.");
            }
        });
        return option;
    }
}
