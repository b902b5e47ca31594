using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Manifests;

public sealed class ManifestTests
{
    private static readonly DateTimeOffset Eight = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Merging_does_not_ask_which_came_first()
        => Gen.Select(ManifestGen.Manifest, ManifestGen.Manifest).Sample(
            static (a, b) => Same(a.Merge(b), b.Merge(a)),
            print: static pair => $"{ManifestGen.Print(pair.Item1)}\n{ManifestGen.Print(pair.Item2)}");

    [Fact]
    public void Merging_does_not_ask_how_manifests_are_grouped()
        => Gen.Select(ManifestGen.Manifest, ManifestGen.Manifest, ManifestGen.Manifest).Sample(
            static (a, b, c) => Same(a.Merge(b).Merge(c), a.Merge(b.Merge(c))),
            print: static t => $"{ManifestGen.Print(t.Item1)}\n{ManifestGen.Print(t.Item2)}\n{ManifestGen.Print(t.Item3)}");

    [Fact]
    public void Merging_what_is_known_already_changes_nothing()
        => Gen.Select(ManifestGen.Manifest, ManifestGen.Manifest).Sample(
            static (a, b) => Same(a.Merge(a), a) && Same(a.Merge(b).Merge(b), a.Merge(b)) && Same(a.Merge(b).Merge(a), a.Merge(b)),
            print: static pair => $"{ManifestGen.Print(pair.Item1)}\n{ManifestGen.Print(pair.Item2)}");

    [Fact]
    public void Partial_lists_in_any_order_and_repetition_end_in_the_same_bytes()
        => Gen.Select(ManifestGen.Video.Array[1, 8], Gen.Int[0, 7].Array[0, 12], Gen.Int[0, int.MaxValue]).Sample((videos, repeated, seed) =>
        {
            var whole = Manifest.Recorded(ManifestGen.ConferenceId, videos);
            var deliveries = videos.Concat(repeated.Select(i => videos[i % videos.Length])).ToArray();
            new Random(seed).Shuffle(deliveries);

            var merged = deliveries
                .Chunk(1 + (seed % 3))
                .Select(static part => Manifest.Recorded(ManifestGen.ConferenceId, part))
                .Aggregate(static (known, part) => ManifestJson.Deserialize(ManifestJson.Serialize(known), known.EndedAtSource).Merge(part));

            return Same(merged, whole);
        });

    [Fact]
    public void A_manifest_never_loses_a_video_nor_goes_back_from_recorded()
        => Gen.Select(ManifestGen.Manifest, ManifestGen.Manifest).Sample(static (a, b) =>
        {
            var merged = a.Merge(b);
            return a.Videos.Concat(b.Videos).All(video => merged.Videos.Any(kept => kept.Key == video.Key))
                && merged.Status == (ManifestStatus)Math.Max((int)a.Status, (int)b.Status);
        });

    [Fact]
    public void What_is_known_of_a_video_is_not_forgotten()
        => Gen.Select(ManifestGen.Video, ManifestGen.Video).Sample(static (a, b) =>
        {
            var merged = a.Merge(b with { MediaId = a.MediaId });
            return (a.FileSize is null || merged.FileSize >= a.FileSize)
                && (a.DurationMs is null || merged.DurationMs >= a.DurationMs)
                && (a.StartTime is null || merged.StartTime <= a.StartTime)
                && (a.EndTime is null || merged.EndTime >= a.EndTime)
                && (a.RecordId is null || merged.RecordId is not null)
                && (a.RegionId is null || merged.RegionId is not null)
                && (a.RecordType is null || merged.RecordType is not null)
                && (a.RecorderUnionId is null || merged.RecorderUnionId is not null);
        });

    [Fact]
    public void Videos_are_ordered_by_start_then_by_media_id_and_those_without_a_start_come_first()
    {
        var manifest = Manifest.Recorded(
            "conf-1",
            [
                new Video { MediaId = "c", StartTime = Eight },
                new Video { MediaId = "B", StartTime = Eight },
                new Video { MediaId = "a", StartTime = Eight.AddSeconds(1) },
                new Video { MediaId = "z", StartTime = Eight.AddSeconds(-1) },
                new Video { MediaId = "y" },
            ]);

        Assert.Equal(["y", "z", "B", "c", "a"], manifest.Videos.Select(static v => v.MediaId));
    }

    [Fact]
    public void Files_without_media_id_are_told_apart_by_recording_and_start()
    {
        var manifest = Manifest.Recorded(
            "conf-1",
            [
                new Video { RecordId = "r1", StartTime = Eight, FileSize = 1 },
                new Video { RecordId = "r1", StartTime = Eight, FileSize = 2 },
                new Video { RecordId = "r1", StartTime = Eight.AddMilliseconds(1) },
                new Video { RecordId = "r2", StartTime = Eight },
            ]);

        Assert.Equal(3, manifest.Videos.Length);
        Assert.Equal(2, manifest.Videos[0].FileSize);
    }

    public static TheoryData<int?, EndedAtSource, int?, EndedAtSource, int?, EndedAtSource> Ends => new()
    {
        { null, EndedAtSource.Fallback, null, EndedAtSource.Fallback, null, EndedAtSource.Fallback },
        { null, EndedAtSource.Event, null, EndedAtSource.Fallback, null, EndedAtSource.Fallback },
        { null, EndedAtSource.Event, 5, EndedAtSource.Fallback, 5, EndedAtSource.Fallback },
        { null, EndedAtSource.Fallback, 5, EndedAtSource.Event, 5, EndedAtSource.Event },
        { 4, EndedAtSource.Fallback, 5, EndedAtSource.Fallback, 4, EndedAtSource.Fallback },
        { 4, EndedAtSource.Event, 5, EndedAtSource.Event, 4, EndedAtSource.Event },
        { 4, EndedAtSource.Fallback, 5, EndedAtSource.Event, 5, EndedAtSource.Event },
        { 4, EndedAtSource.Event, 5, EndedAtSource.Fallback, 4, EndedAtSource.Event },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_events_own_end_beats_an_inferred_one_and_then_the_earlier_wins(
        int? a, EndedAtSource aSource, int? b, EndedAtSource bSource, int? expected, EndedAtSource expectedSource)
    {
        var one = EndingAt(a, aSource);
        var other = EndingAt(b, bSource);

        foreach (var merged in new[] { one.Merge(other), other.Merge(one) })
        {
            Assert.Equal((expected is null ? null : Eight.AddMinutes(expected.Value), expectedSource), (merged.EndedAt, merged.EndedAtSource));
        }
    }

    [Fact]
    public void A_known_organisation_beats_none()
    {
        var known = Manifest.NotRecorded("conf-1") with { CorpId = "ding1" };

        Assert.Equal("ding1", known.Merge(Manifest.NotRecorded("conf-1")).CorpId);
        Assert.Equal("ding1", Manifest.NotRecorded("conf-1").Merge(known).CorpId);
    }

    [Fact]
    public void Two_conferences_are_not_merged()
        => Assert.Throws<ArgumentException>(() => Manifest.NotRecorded("conf-1").Merge(Manifest.NotRecorded("CONF-1")));

    private static Manifest EndingAt(int? minute, EndedAtSource source)
        => Manifest.NotRecorded("conf-1") with { EndedAt = minute is null ? null : Eight.AddMinutes(minute.Value), EndedAtSource = source };

    private static bool Same(Manifest a, Manifest b)
        => a.EndedAtSource == b.EndedAtSource && ManifestJson.Serialize(a).AsSpan().SequenceEqual(ManifestJson.Serialize(b));
}
