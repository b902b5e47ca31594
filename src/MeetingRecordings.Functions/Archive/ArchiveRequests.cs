using MeetingRecordings.Archiving;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Archive;

/// <summary>Has the files of a recording archived once its manifest is written, where that is wanted.</summary>
/// <param name="queue">Where recordings go.</param>
/// <param name="wanted">What is wanted.</param>
/// <param name="clock">The time.</param>
public sealed class ArchiveRequests(RecordingQueue queue, ArchiveSwitch wanted, TimeProvider clock)
{
    /// <summary>
    /// Asks for what a look has found and the archive does not have. It may be asked for already, for a crash may have kept the first
    /// request from being sent; that costs no call.
    /// </summary>
    /// <param name="finding">What the look has found.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task RequestAsync(Finding finding, LookOutcome outcome, CancellationToken cancellationToken)
    {
        var (message, lineage) = finding.Look;
        var known = new[] { message.UnionId }.Concat(lineage.KnownUnionIds).Append(message.Meeting?.OrganizerUnionId).ToList();
        var slices = new List<Slice>();
        if (wanted.Files && outcome is LookOutcome.Recorded or LookOutcome.RecordedBefore)
        {
            slices.AddRange(finding.Videos
                .Where(static video => video.File is null)
                .Select(video => BeginFile(message.ConferenceId, message.CorpId, known, video, clock.GetUtcNow()))
                .OfType<Slice>());
        }

        if (wanted.Transcripts && message.Trigger == Trigger.SummaryReady && lineage.Step == 0)
        {
            slices.Add(BeginTranscript(message.ConferenceId, message.CorpId, known, clock.GetUtcNow()));
        }

        if (slices.Count > 0)
        {
            await queue.EnqueueAsync(slices, cancellationToken);
        }
    }

    /// <summary>The first slice of a file that a manifest tells of; null where DingTalk has not named it.</summary>
    internal static Slice? BeginFile(Manifest manifest, Video video, DateTimeOffset now)
        => BeginFile(manifest.ConferenceId, manifest.CorpId, [manifest.Meeting.OrganizerUnionId], video, now);

    /// <summary>The first slice of what was said, as a manifest tells of it.</summary>
    internal static Slice BeginTranscript(Manifest manifest, DateTimeOffset now)
        => BeginTranscript(manifest.ConferenceId, manifest.CorpId, [manifest.Meeting.OrganizerUnionId], now);

    private static Slice? BeginFile(string conferenceId, string? corpId, IEnumerable<string?> users, Video video, DateTimeOffset now)
        => video is { MediaId: { } mediaId, RegionId: { } regionId }
            ? Begin(
                new ArchiveMessage(conferenceId, corpId, null)
                {
                    MediaId = mediaId,
                    RegionId = regionId,
                    RecordType = video.RecordType,
                    DurationMs = video.DurationMs,
                },
                users.Take(1).Append(video.RecorderUnionId).Concat(users.Skip(1)),
                now)
            : null;

    private static Slice BeginTranscript(string conferenceId, string? corpId, IEnumerable<string?> users, DateTimeOffset now)
        => Begin(new ArchiveMessage(conferenceId, corpId, null), users, now);

    private static Slice Begin(ArchiveMessage message, IEnumerable<string?> users, DateTimeOffset now)
    {
        string[] known = [.. users.OfType<string>().Where(Identifiers.IsPrincipal).Distinct()];
        return new Slice(message with { UnionId = known.FirstOrDefault() }, new Lineage(message.Root, now) { KnownUnionIds = known });
    }
}
