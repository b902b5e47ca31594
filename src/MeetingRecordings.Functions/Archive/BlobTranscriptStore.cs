using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Archiving;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Functions.Archive;

/// <summary>
/// Keeps transcripts as blobs named <c>transcripts/{conferenceId}.json</c> and <c>.vtt</c>, the id escaped as in <see cref="RecordingName"/>.
/// Writers that meet take turns by the ETag of the JSON; the WebVTT follows it.
/// </summary>
/// <param name="container">The container; made on first use.</param>
public sealed class BlobTranscriptStore(BlobContainerClient container) : ITranscriptStore
{
    // Each lost turn means that another writer has succeeded, and one conference never has many.
    private const int MaxTurns = 20;

    /// <summary>The name of a conference's transcript, without its extension.</summary>
    public static string NameOf(string conferenceId) => $"{RecordingName.TranscriptFolder}/{RecordingName.Escape(conferenceId)}";

    /// <inheritdoc />
    public Task<(string Location, long Bytes)> MergeAsync(Transcript transcript, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(() => MergeInTurnsAsync(transcript, cancellationToken), cancellationToken);

    private async Task<(string Location, long Bytes)> MergeInTurnsAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var name = NameOf(transcript.ConferenceId);
        var json = container.GetBlobClient($"{name}.json");
        var tags = BlobRecordingStore.TagsOf(transcript.ConferenceId, ArchiveState.Archived);
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var stored = await json.FindContentAsync(cancellationToken);
            var merged = stored is null ? transcript : TranscriptJson.Deserialize(stored.Content.ToMemory().Span).Merge(transcript);
            var bytes = TranscriptJson.Serialize(merged);
            var isKnown = stored is not null && bytes.AsSpan().SequenceEqual(stored.Content.ToMemory().Span);
            if (!isKnown && !await container.TryWriteJsonAsync(
                json.Name, BinaryData.FromBytes(bytes), stored?.Details.ETag, null, tags, cancellationToken))
            {
                continue;
            }

            // Another writer may have been between the two, and its WebVTT before this one.
            await WriteVttAsync($"{name}.vtt", merged, tags, cancellationToken);
            if (await json.FindContentAsync(cancellationToken) is { } now && bytes.AsSpan().SequenceEqual(now.Content.ToMemory().Span))
            {
                return ($"{container.Name}/{json.Name}", bytes.Length);
            }
        }

        throw new StoreException("contended", $"The transcript was rewritten by others {MaxTurns} times.");
    }

    private async Task WriteVttAsync(
        string name, Transcript transcript, Dictionary<string, string> tags, CancellationToken cancellationToken)
        => await container.GetBlobClient(name).UploadAsync(
            BinaryData.FromBytes(WebVtt.Write(transcript)),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/vtt; charset=utf-8" }, Tags = tags },
            cancellationToken);
}
