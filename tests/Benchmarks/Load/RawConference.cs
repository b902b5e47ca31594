using System.Globalization;
using MeetingRecordings.Manifests;

namespace Benchmarks.Load;

/// <summary>The conferences of raw calls, which two processes can name without telling each other: they differ in their ordinal only.</summary>
internal static class RawConference
{
    public const string UnionId = "LmGTFd2pPM10rM5NFvUrfIiEiE";

    public static DateTimeOffset EndedAt { get; } = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An id as long as DingTalk's.</summary>
    public static string IdOf(int ordinal) => ordinal.ToString("x24", CultureInfo.InvariantCulture);

    /// <summary>A manifest as long as those of the simulator's meetings.</summary>
    public static Manifest ManifestOf(int ordinal, string corpId)
        => Manifest.Recorded(IdOf(ordinal), [Video(ordinal, 0), Video(ordinal, 1)]) with { CorpId = corpId, EndedAt = EndedAt };

    private static Video Video(int ordinal, int part) => new()
    {
        RecordId = "4093461987583801554",
        MediaId = $"{ordinal:x16}{part:x16}",
        RegionId = "cn-hangzhou",
        RecordType = "standard",
        RecorderUnionId = UnionId,
        StartTime = EndedAt.AddHours(part - 2).AddMilliseconds(ordinal % 1000),
        EndTime = EndedAt.AddHours(part - 1).AddMilliseconds(ordinal % 1000),
        DurationMs = 1_332_996,
        FileSize = 25_106_979,
    };
}
