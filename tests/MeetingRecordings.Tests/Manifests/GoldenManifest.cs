using System.Globalization;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Manifests;

/// <summary>A manifest of each kind, and the bytes that it must be written as.</summary>
internal static class GoldenManifest
{
    public static Manifest Recorded { get; } = Manifest.Recorded("6321*******9b6ed40", [Third, First, Fourth, Second, First]) with
    {
        CorpId = "ding9f50b15bxxxx16741",
        EndedAt = At("2026-11-23T08:00:00.25Z"),
        EndedAtSource = EndedAtSource.Event,
    };

    public static Manifest NotRecorded { get; } = Manifest.NotRecorded("conf-1");

    private static Video First => new()
    {
        RecordId = "rec-2",
        MediaId = "m1",
        RegionId = "cn-shenzhen",
        RecordType = "standard",
        RecorderUnionId = "union<会议>&\u0001",
        StartTime = At("2021-09-09T07:21:34Z"),
        EndTime = At("2021-09-09T15:21:34+08:00"),
        DurationMs = 59886,
        FileSize = 1127942,
    };

    private static Video Second => new()
    {
        RecordId = "rec-1",
        MediaId = "m2",
        RegionId = "cn-hangzhou",
        RecordType = "type7",
        RecorderUnionId = "union-2",
        StartTime = At("2021-09-09T07:22:00Z"),
        DurationMs = 0,
        FileSize = 0,
    };

    private static Video Third => new()
    {
        RecordId = "rec-2",
        MediaId = "m3",
        RegionId = "cn-shenzhen",
        RecordType = "composed",
        RecorderUnionId = "union-1",
        StartTime = At("2021-09-09T07:30:00.007Z"),
        EndTime = At("2021-09-09T07:31:00Z"),
        DurationMs = 59886,
        FileSize = 1127942,
    };

    private static Video Fourth => new() { MediaId = "m+4/=" };

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Manifests", $"{name}.json"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
