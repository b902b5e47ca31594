using System.Globalization;
using System.Text;
using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Manifests;

public sealed class ManifestJsonTests
{
    [Fact]
    public void A_manifest_is_written_as_exactly_these_bytes()
    {
        Assert.Equal(Encoding.UTF8.GetString(GoldenManifest.Read("recorded")), Encoding.UTF8.GetString(ManifestJson.Serialize(GoldenManifest.Recorded)));
        Assert.Equal(GoldenManifest.Read("recorded"), ManifestJson.Serialize(GoldenManifest.Recorded));
        Assert.Equal(GoldenManifest.Read("notRecorded"), ManifestJson.Serialize(GoldenManifest.NotRecorded));
    }

    [Fact]
    public void No_culture_changes_a_byte()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
        try
        {
            Assert.Equal(GoldenManifest.Read("recorded"), ManifestJson.Serialize(GoldenManifest.Recorded));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        foreach (var manifest in new[] { GoldenManifest.Recorded, GoldenManifest.NotRecorded })
        {
            var read = ManifestJson.Deserialize(ManifestJson.Serialize(manifest), manifest.EndedAtSource);

            Assert.Equal(manifest.Videos, read.Videos);
            Assert.Equal(
                (manifest.ConferenceId, manifest.Status, manifest.CorpId, manifest.EndedAt, manifest.EndedAtSource),
                (read.ConferenceId, read.Status, read.CorpId, read.EndedAt, read.EndedAtSource));
        }
    }

    [Fact]
    public void Whatever_is_known_comes_back_from_its_bytes_and_gives_the_same_bytes()
        => ManifestGen.Manifest.Sample(
            static manifest =>
            {
                var bytes = ManifestJson.Serialize(manifest);
                var read = ManifestJson.Deserialize(bytes, manifest.EndedAtSource);
                return read.Videos.SequenceEqual(manifest.Videos)
                    && read.EndedAtSource == manifest.EndedAtSource
                    && ManifestJson.Serialize(read).AsSpan().SequenceEqual(bytes);
            },
            print: ManifestGen.Print);

    [Fact]
    public void What_a_reader_of_a_newer_version_added_is_skipped()
    {
        var json = Encoding.UTF8.GetString(GoldenManifest.Read("recorded")).Replace("\"status\"", "\"added\": [1], \"status\"", StringComparison.Ordinal);

        Assert.Equal(GoldenManifest.Recorded.Videos, ManifestJson.Deserialize(Encoding.UTF8.GetBytes(json), EndedAtSource.Event).Videos);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"schemaVersion":2,"conferenceId":"a","recordings":[]}""")]
    [InlineData("""{"schemaVersion":0,"conferenceId":"a","recordings":[]}""")]
    [InlineData("""{"schemaVersion":"1","conferenceId":"a","recordings":[]}""")]
    [InlineData("""{"schemaVersion":1,"recordings":[]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded"}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":null}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":{}}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[null]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"recordId":"r"}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"videos":null}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"videos":[null]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"videos":[{"mediaId":"m"},null]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","endedAt":"yesterday","recordings":[]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"videos":[{"mediaId":"m","fileSize":"big"}]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"videos":[{"mediaId":"m","fileSize":17592186044417}]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"videos":[{"mediaId":"m","durationMs":-1}]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"lost","recordings":[]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","recordings":[]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","status":"notRecorded","recordings":[{"recordId":"r","videos":[{"mediaId":"m"}]}]}""")]
    public void What_is_no_manifest_of_this_version_is_refused_rather_than_written_over(string json)
        => Assert.Throws<InvalidDataException>(() => ManifestJson.Deserialize(Encoding.UTF8.GetBytes(json), EndedAtSource.Fallback));

    [Fact]
    public void The_greatest_plausible_size_and_length_are_read()
    {
        const string json = """{"schemaVersion":1,"conferenceId":"a","status":"recorded","recordings":[{"videos":[{"mediaId":"m","fileSize":17592186044416,"durationMs":17592186044416}]}]}""";

        var video = Assert.Single(ManifestJson.Deserialize(Encoding.UTF8.GetBytes(json), EndedAtSource.Fallback).Videos);

        Assert.Equal((1L << 44, 1L << 44), (video.FileSize, video.DurationMs));
    }

    [Fact]
    public void Recordings_that_began_together_stand_in_the_order_of_their_ids()
    {
        var manifest = Manifest.Recorded("a", [.. new[] { "r2", "r3", "r1" }.Select(static id => new Video { RecordId = id, MediaId = $"m-{id}" })]);

        var json = Encoding.UTF8.GetString(ManifestJson.Serialize(manifest));

        Assert.Equal(["r1", "r2", "r3"], new[] { "r3", "r2", "r1" }.OrderBy(id => json.IndexOf($"\"{id}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Statuses_have_the_names_of_the_contract()
    {
        Assert.Equal("recorded", ManifestJson.ToText(ManifestStatus.Recorded));
        Assert.Equal("notRecorded", ManifestJson.ToText(ManifestStatus.NotRecorded));
    }
}
