using System.Globalization;

namespace DingTalkSimulator;

/// <summary>Makes videos that look like DingTalk's.</summary>
internal static class SimulatedVideos
{
    private const long GapMs = 5_000;
    private const long ShortestMs = 60_000;
    private const long LongestMs = 1_800_000;

    // The bit rate of the sample in DingTalk's documentation: 1,127,942 bytes in 59,886 ms.
    private const double BytesPerMs = 18.835;

    private static readonly string[] Regions = ["cn-shenzhen", "cn-shanghai", "cn-hangzhou", "cn-zhangjiakou"];

    /// <summary>The next segment after those that a conference has.</summary>
    public static SimulatedVideo Next(SimulatedConference conference, IReadOnlyList<SimulatedVideo> before, long? bytes)
    {
        var duration = Random.Shared.NextInt64(ShortestMs, LongestMs);
        var start = before.Count == 0 ? conference.StartedAt.ToUnixTimeMilliseconds() + GapMs : before[^1].EndTime + GapMs;
        return new SimulatedVideo(
            before.Count == 0 ? NewRecordId() : before[0].RecordId,
            Guid.NewGuid().ToString("N"),
            conference.RecorderUnionId,
            before.Count == 0 ? Regions[Random.Shared.Next(Regions.Length)] : before[0].RegionId,
            RecordType: 0,
            start,
            start + duration,
            duration,
            bytes ?? (long)(duration * BytesPerMs));
    }

    /// <summary>The file that all segments are merged into.</summary>
    public static SimulatedVideo Compose(IReadOnlyList<SimulatedVideo> segments) => segments[0] with
    {
        MediaId = Guid.NewGuid().ToString("N"),
        RecordType = 1,
        EndTime = segments[^1].EndTime,
        Duration = segments.Sum(static segment => segment.Duration),
        FileSize = segments.Sum(static segment => segment.FileSize),
    };

    private static string NewRecordId()
        => Random.Shared.NextInt64(100_000_000_000_000_000, long.MaxValue).ToString(CultureInfo.InvariantCulture);
}
