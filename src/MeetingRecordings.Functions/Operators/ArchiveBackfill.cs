using MeetingRecordings.Archiving;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Operators;

/// <summary>
/// Has archived what was recorded before the archive was switched on: every file, and transcript, of which the manifest does not say where
/// it is. A run that was stopped can be begun again, for what is archived by then is left out.
/// </summary>
/// <param name="manifests">Say what there is.</param>
/// <param name="queue">Where recordings go.</param>
/// <param name="wanted">What is archived.</param>
/// <param name="clock">The time.</param>
public sealed class ArchiveBackfill(ManifestCatalog manifests, RecordingQueue queue, ArchiveSwitch wanted, TimeProvider clock)
{
    private const int BatchSize = 500;

    /// <summary>Runs.</summary>
    /// <param name="conferenceIds">The conferences; null for every one that has a manifest.</param>
    /// <param name="dryRun">Whether only to say what would be archived.</param>
    /// <param name="progress">Is told how many files and transcripts were found so far.</param>
    /// <param name="cancellationToken">Stops it between two batches.</param>
    /// <exception cref="Azure.RequestFailedException">A manifest cannot be read.</exception>
    public async Task<ArchiveBackfillResult> RunAsync(
        IReadOnlyCollection<string>? conferenceIds, bool dryRun, Action<int> progress, CancellationToken cancellationToken)
    {
        var waiting = new List<Slice>();
        var result = new ArchiveBackfillResult(0, 0, 0);
        await foreach (var manifest in manifests.ReadAllAsync(conferenceIds, cancellationToken))
        {
            var files = wanted.Files ? manifest.Videos.Where(static video => video.File is null).ToList() : [];
            var slices = files.Select(video => ArchiveRequests.BeginFile(manifest, video, clock.GetUtcNow())).OfType<Slice>().ToList();
            var transcripts = wanted.Transcripts && manifest is { Status: ManifestStatus.Recorded, Transcript: null } ? 1 : 0;
            if (transcripts > 0)
            {
                waiting.Add(ArchiveRequests.BeginTranscript(manifest, clock.GetUtcNow()));
            }

            waiting.AddRange(slices);
            result = new ArchiveBackfillResult(
                result.Files + slices.Count, result.Transcripts + transcripts, result.Bytes + files.Sum(static video => video.FileSize ?? 0));
            if (waiting.Count >= BatchSize)
            {
                await SendAsync(waiting, dryRun, cancellationToken);
                progress(result.Files + result.Transcripts);
            }
        }

        await SendAsync(waiting, dryRun, cancellationToken);
        return result;
    }

    private async Task SendAsync(List<Slice> waiting, bool dryRun, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!dryRun && waiting.Count > 0)
        {
            await queue.EnqueueAsync(waiting, CancellationToken.None);
        }

        waiting.Clear();
    }
}
