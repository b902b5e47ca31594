using System.CommandLine;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Operators;

namespace LocalHost.Commands;

/// <summary>Fetches what is archived of a conference.</summary>
internal static class RecordingsFetchCommand
{
    private static readonly Option<DirectoryInfo> To = new("--to")
    {
        Description = "The folder that they go to; what is there already is not fetched again.",
        DefaultValueFactory = static _ => new DirectoryInfo(Environment.CurrentDirectory),
    };

    public static Command Create()
    {
        var command = new Command("fetch", "Fetches the files and the transcript of a conference from the archive.");
        command.Arguments.Add(RecordingsCommand.ConferenceId);
        command.Options.Add(To);
        OperatorCommand.SetAction(command, static (services, settings) => services.AddArchiveTools(settings), RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var archive = await RecordingsListCommand.FindAsync(parsed, services, cancellationToken);
        string[] locations =
        [
            .. archive.Recordings.Select(static recording => recording.File).OfType<string>(),
            .. archive.Transcript is { } transcript ? (string[])[transcript.Json, transcript.Vtt] : [],
        ];
        foreach (var location in locations)
        {
            // Its escaped ids are harmless in any file system.
            var file = Path.Combine(parsed.GetRequiredValue(To).FullName, location[(location.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            await FetchAsync(services.GetRequiredService<ArchiveCatalog>(), location, file, cancellationToken);
            Console.WriteLine(file);
        }

        return locations.Length > 0 ? 0 : throw new LocalHostException("Nothing is archived of it yet: recordings list says why.");
    }

    private static async Task FetchAsync(ArchiveCatalog archive, string location, string file, CancellationToken cancellationToken)
    {
        await using var source = await archive.OpenAsync(location, cancellationToken);
        if (new FileInfo(file) is { Exists: true } there && there.Length == source.Length)
        {
            return;
        }

        // Under another name until it is whole.
        var part = $"{file}.part";
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var target = File.Create(part))
        {
            await source.CopyToAsync(target, cancellationToken);
        }

        File.Move(part, file, overwrite: true);
    }
}
