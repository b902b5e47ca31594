using System.Text;
using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Manifests;

/// <summary>Manifests of one conference from small pools, so that they overlap, contradict each other and leave things out.</summary>
internal static class ManifestGen
{
    public const string ConferenceId = "conf-1";

    private static readonly Gen<DateTimeOffset?> Time = Gen.Int[0, 5].Select(static n => n == 0 ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(1631172094000 + n * 250));
    private static readonly Gen<long?> Number = Gen.Long[-1, 4].Select(static n => n < 0 ? (long?)null : n);

    public static readonly Gen<Video> Video = Gen.Select(
        Text("r", 3), Text("m", 5), Text("region", 2), Gen.Select(Text("type", 2), Text("union", 2)), Gen.Select(Time, Time), Gen.Select(Number, Number),
        static (record, media, region, texts, times, numbers) => new Video
        {
            RecordId = record,
            MediaId = media,
            RegionId = region,
            RecordType = texts.Item1,
            RecorderUnionId = texts.Item2,
            StartTime = times.Item1,
            EndTime = times.Item2,
            DurationMs = numbers.Item1,
            FileSize = numbers.Item2,
        });

    public static readonly Gen<Manifest> Manifest = Gen.Select(
        Gen.Bool, Video.Array[0, 5], Text("ding", 2), Time, Gen.Enum<EndedAtSource>(),
        static (recorded, videos, corpId, endedAt, source)
            => (recorded ? MeetingRecordings.Manifests.Manifest.Recorded(ConferenceId, videos) : MeetingRecordings.Manifests.Manifest.NotRecorded(ConferenceId)) with
            {
                CorpId = corpId,
                EndedAt = endedAt,
                EndedAtSource = source,
            });

    public static string Print(Manifest manifest) => $"{Encoding.UTF8.GetString(ManifestJson.Serialize(manifest))} ({manifest.EndedAtSource})";

    private static Gen<string?> Text(string prefix, int count) => Gen.Int[0, count].Select(n => n == 0 ? null : $"{prefix}{n}");
}
