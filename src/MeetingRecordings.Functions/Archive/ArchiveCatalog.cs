using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Archiving;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Manifests;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Archive;

/// <summary>Finds what is archived for an operator.</summary>
public sealed partial class ArchiveCatalog
{
    private readonly BlobContainerClient _container;
    private readonly IRecordingStore _recordings;
    private readonly IManifestStore _manifests;
    private readonly BlobLinks _links;
    private readonly ILogger<ArchiveCatalog> _logger;

    internal ArchiveCatalog(
        BlobContainerClient container, IRecordingStore recordings, IManifestStore manifests, BlobLinks links, ILogger<ArchiveCatalog> logger)
        => (_container, _recordings, _manifests, _links, _logger) = (container, recordings, manifests, links, logger);

    /// <summary>What the archive has of a conference, and what its manifest says that it should have; null where neither has anything.</summary>
    public async Task<ConferenceArchive?> FindAsync(string conferenceId, CancellationToken cancellationToken)
    {
        var manifest = await _manifests.ReadAsync(conferenceId, cancellationToken);
        var found = new List<ArchivedRecording>();
        foreach (var mediaId in (manifest?.Videos ?? []).Select(static video => video.MediaId).OfType<string>())
        {
            var name = new RecordingName(conferenceId, mediaId);
            found.Add(Describe(name, await _recordings.ReadSidecarAsync(name, cancellationToken)));
        }

        var transcript = await FindTranscriptAsync(conferenceId, cancellationToken);
        return found.Count == 0 && transcript is null ? null : new ConferenceArchive(conferenceId, found, transcript, null);
    }

    /// <summary>The same, with links by which anybody can read the files for a quarter of an hour.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="who">Who asks for them; it is logged.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<ConferenceArchive?> FindWithLinksAsync(string conferenceId, string who, CancellationToken cancellationToken)
    {
        if (await FindAsync(conferenceId, cancellationToken) is not { } found)
        {
            return null;
        }

        var signer = await _links.CreateAsync(cancellationToken);
        Log.Linked(_logger, conferenceId, who);
        return found with
        {
            Recordings = [.. found.Recordings.Select(recording => recording with { Link = LinkOf(recording.File) })],
            Transcript = found.Transcript is { } transcript
                ? transcript with { JsonLink = LinkOf(transcript.Json), VttLink = LinkOf(transcript.Vtt) }
                : null,
            LinksExpireAt = signer.ExpiresAt,
        };

        Uri? LinkOf(string? location) => location is null ? null : signer.Sign(location[(_container.Name.Length + 1)..]);
    }

    /// <summary>Reads something that the archive has.</summary>
    /// <param name="location">Where: container and blob.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RequestFailedException">Blob Storage does not give it.</exception>
    public Task<Stream> OpenAsync(string location, CancellationToken cancellationToken)
        => _container.GetBlobClient(location[(_container.Name.Length + 1)..])
            .OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellationToken);

    private ArchivedRecording Describe(RecordingName name, Sidecar? sidecar) => sidecar is null
        ? new ArchivedRecording(name.MediaId, "pending")
        : new ArchivedRecording(name.MediaId, SidecarJson.ToText(sidecar.State))
        {
            Reason = sidecar.Reason,
            Bytes = sidecar.Bytes,
            Sha256 = sidecar.Sha256,
            At = sidecar.At,
            File = sidecar.State == ArchiveState.Archived ? _recordings.LocationOf(name.File) : null,
        };

    private async Task<ArchivedTranscript?> FindTranscriptAsync(string conferenceId, CancellationToken cancellationToken)
    {
        var name = BlobTranscriptStore.NameOf(conferenceId);
        try
        {
            await _container.GetBlobClient($"{name}.vtt").GetPropertiesAsync(cancellationToken: cancellationToken);
            return new ArchivedTranscript(_recordings.LocationOf($"{name}.json"), _recordings.LocationOf($"{name}.vtt"));
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(404, LogLevel.Warning, "Links to what is archived of conference {ConferenceId} are given to {Who}")]
        public static partial void Linked(ILogger logger, string conferenceId, string who);
    }
}
