using System.CommandLine;
using MeetingRecordings;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Operators;

namespace LocalHost.Commands;

/// <summary>Shows what is archived of a conference.</summary>
internal static class RecordingsListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Shows what is archived of a conference, and what its manifest says that should be.");
        command.Arguments.Add(RecordingsCommand.ConferenceId);
        command.Options.Add(OperatorCommand.Json);
        OperatorCommand.SetAction(command, static (services, settings) => services.AddArchiveTools(settings), RunAsync);
        return command;
    }

    /// <summary>What is archived of the conference that is meant.</summary>
    internal static async Task<ConferenceArchive> FindAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var conferenceId = parsed.GetRequiredValue(RecordingsCommand.ConferenceId);
        return await services.GetRequiredService<ArchiveCatalog>().FindAsync(conferenceId, cancellationToken)
            ?? throw new LocalHostException($"Nothing is archived of {PrintableText.Of(conferenceId)}, and no manifest says that there is a recording.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var archive = await FindAsync(parsed, services, cancellationToken);
        if (parsed.GetValue(OperatorCommand.Json))
        {
            Console.WriteLine(OperatorJson.Serialize(archive));
            return 0;
        }

        // Two lines for each, which no width of a terminal breaks where it matters.
        foreach (var recording in archive.Recordings)
        {
            var why = recording.Reason is null ? "" : $" ({recording.Reason})";
            var size = recording.Bytes is null ? "" : $"  {recording.Bytes} bytes";
            Console.WriteLine(PrintableText.Of($"{recording.State}{why}  {recording.MediaId}{size}"));
            if (recording.File is not null)
            {
                Console.WriteLine($"    {recording.File}");
            }
        }

        if (archive.Transcript is { } transcript)
        {
            Console.WriteLine($"transcript\n    {transcript.Json}\n    {transcript.Vtt}");
        }

        return 0;
    }
}
