using MeetingRecordings.Archiving;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Queues;

namespace MeetingRecordings.Functions.Archive;

/// <summary>Has the files of a recording archived once its manifest is written, where that is wanted.</summary>
/// <param name="queue">Where recordings go.</param>
/// <param name="wanted">What is wanted.</param>
/// <param name="clock">The time.</param>
public sealed class ArchiveRequests(RecordingQueue queue, ArchiveSwitch wanted, TimeProvider clock)
{
    /// <summary>
    /// Asks for what a look has found. What is archived already is asked for again, for a crash may have kept the first request from being
    /// sent; that costs no call.
    /// </summary>
    /// <param name="finding">What the look has found.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task RequestAsync(Finding finding, LookOutcome outcome, CancellationToken cancellationToken)
    {
        var slices = new List<Slice>();
        if (wanted.Files && outcome is LookOutcome.Recorded or LookOutcome.RecordedBefore)
        {
            slices.AddRange(FilesOf(finding));
        }

        var (message, lineage) = finding.Look;
        if (wanted.Transcripts && message.Trigger == Trigger.SummaryReady && lineage.Step == 0)
        {
            var transcript = new ArchiveMessage(message.ConferenceId, message.CorpId, message.UnionId);
            slices.Add(new Slice(transcript, new Lineage(transcript.Root, clock.GetUtcNow()) { KnownUnionIds = lineage.KnownUnionIds }));
        }

        if (slices.Count > 0)
        {
            await queue.EnqueueAsync(slices, cancellationToken);
        }
    }

    private IEnumerable<Slice> FilesOf(Finding finding)
    {
        var (message, lineage) = finding.Look;
        foreach (var video in finding.Videos)
        {
            if (video is { MediaId: { } mediaId, RegionId: { } regionId })
            {
                var recording = new ArchiveMessage(message.ConferenceId, message.CorpId, message.UnionId ?? video.RecorderUnionId)
                {
                    MediaId = mediaId,
                    RegionId = regionId,
                    RecordType = video.RecordType,
                    DurationMs = video.DurationMs,
                };
                yield return new Slice(recording, new Lineage(recording.Root, clock.GetUtcNow())
                {
                    KnownUnionIds =
                    [
                        .. new[] { video.RecorderUnionId }.Concat(lineage.KnownUnionIds).Append(message.Meeting?.OrganizerUnionId)
                            .OfType<string>().Where(Identifiers.IsPrincipal).Distinct(),
                    ],
                });
            }
        }
    }
}
