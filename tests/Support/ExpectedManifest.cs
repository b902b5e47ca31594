using DingTalkSimulator;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace Support;

/// <summary>The manifest that a simulated conference must end in, made from what the simulator knows of it.</summary>
public static class ExpectedManifest
{
    /// <summary>Its bytes.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="endedAt">When it ended; null where nobody said.</param>
    /// <param name="videos">Its videos; none where it was not recorded.</param>
    public static byte[] Of(string conferenceId, DateTimeOffset? endedAt, IReadOnlyCollection<SimulatedVideo> videos)
    {
        var manifest = videos.Count == 0 ? Manifest.NotRecorded(conferenceId) : Manifest.Recorded(conferenceId, videos.Select(ToVideo));
        return ManifestJson.Serialize(manifest with
        {
            CorpId = DevelopmentCredentials.CorpId,
            EndedAt = endedAt,
            EndedAtSource = EndedAtSource.Fallback,
        });
    }

    private static Video ToVideo(SimulatedVideo video) => new()
    {
        RecordId = video.RecordId,
        MediaId = video.MediaId,
        RegionId = video.RegionId,
        RecordType = video.RecordType == 0 ? "standard" : "composed",
        RecorderUnionId = video.UnionId,
        StartTime = DateTimeOffset.FromUnixTimeMilliseconds(video.StartTime),
        EndTime = DateTimeOffset.FromUnixTimeMilliseconds(video.EndTime),
        DurationMs = video.Duration,
        FileSize = video.FileSize,
    };
}
