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
        Text("r", 3), Text("m", 5), Text("region", 2), Gen.Select(Text("type", 2), Text("union", 2), Text("file", 2)), Gen.Select(Time, Time), Gen.Select(Number, Number),
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
            File = texts.Item3,
        });

    public static readonly Gen<MeetingDetails> Meeting = Gen.Select(
        Text("title", 2), Time, Text("organizer", 2), Text("schedule", 2), Text("room", 2),
        static (title, startedAt, organizer, schedule, room) => MeetingDetails.Of(title, startedAt, organizer, schedule, room));

    public static readonly Gen<Manifest> Manifest = Gen.Select(
        Gen.Bool, Video.Array[0, 5], Gen.Select(Text("ding", 2), Text("transcript", 2)), Time, Gen.Enum<EndedAtSource>(), Meeting,
        static (recorded, videos, texts, endedAt, source, meeting)
            => (recorded ? MeetingRecordings.Manifests.Manifest.Recorded(ConferenceId, videos) : MeetingRecordings.Manifests.Manifest.NotRecorded(ConferenceId)) with
            {
                CorpId = texts.Item1,
                Transcript = texts.Item2,
                EndedAt = endedAt,
                EndedAtSource = source,
                Meeting = meeting,
            });

    public static string Print(Manifest manifest) => $"{Encoding.UTF8.GetString(ManifestJson.Serialize(manifest))} ({manifest.EndedAtSource})";

    private static Gen<string?> Text(string prefix, int count) => Gen.Int[0, count].Select(n => n == 0 ? null : $"{prefix}{n}");
}
