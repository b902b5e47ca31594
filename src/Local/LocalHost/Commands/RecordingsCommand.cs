using System.CommandLine;

namespace LocalHost.Commands;

/// <summary>What is archived: see it, fetch it.</summary>
internal static class RecordingsCommand
{
    /// <summary>The conference.</summary>
    public static Argument<string> ConferenceId { get; } = new("conference-id") { Description = "The conference." };

    public static Command Create()
    {
        var command = new Command("recordings", "Shows and fetches what is archived of a conference.");
        command.Subcommands.Add(RecordingsListCommand.Create());
        command.Subcommands.Add(RecordingsFetchCommand.Create());
        return command;
    }
}
