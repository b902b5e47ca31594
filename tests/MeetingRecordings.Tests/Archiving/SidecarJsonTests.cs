using System.Text;
using MeetingRecordings.Archiving;

namespace MeetingRecordings.Tests.Archiving;

public sealed class SidecarJsonTests
{
    private static readonly Sidecar Archived = new("conf-1", "media-1", ArchiveState.Archived)
    {
        Bytes = 7,
        SourceETag = "\"a\"",
        Sha256 = "ab",
        At = new DateTimeOffset(2026, 11, 24, 16, 20, 10, TimeSpan.Zero),
    };

    [Fact]
    public void It_is_read_as_it_was_written_and_leaves_out_what_is_not_known()
    {
        var json = SidecarJson.Serialize(Archived, "conf-1/media-1.mp4");

        Assert.Equal(
            """{"schemaVersion":1,"conferenceId":"conf-1","mediaId":"media-1","state":"archived","file":"conf-1/media-1.mp4","bytes":7,"sha256":"ab","sourceETag":"\"a\"","at":"2026-11-24T16:20:10Z"}""",
            Encoding.UTF8.GetString(json));
        Assert.Equal(Archived, SidecarJson.Deserialize(json));
    }

    [Theory]
    [InlineData(ArchiveState.Archived, "archived")]
    [InlineData(ArchiveState.Skipped, "skipped")]
    [InlineData(ArchiveState.Gone, "gone")]
    public void A_state_is_spelt_alike_in_the_JSON_and_in_the_tag(ArchiveState state, string text)
    {
        var json = SidecarJson.Serialize(Archived with { State = state }, null);

        Assert.Contains($"\"state\":\"{SidecarJson.ToText(state)}\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Equal(text, SidecarJson.ToText(state));
        Assert.Equal(state, SidecarJson.Deserialize(json).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"schemaVersion":2,"conferenceId":"c","mediaId":"m","state":"archived"}""")]
    [InlineData("""{"schemaVersion":1,"mediaId":"m","state":"archived"}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"c","state":"archived"}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"c","mediaId":"m","state":"somewhere"}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"c","mediaId":"m","state":9}""")]
    public void What_is_none_or_newer_is_refused(string json)
        => Assert.Throws<InvalidDataException>(() => SidecarJson.Deserialize(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Fields_of_a_later_version_are_passed_over()
        => Assert.Equal(
            new Sidecar("c", "m", ArchiveState.Gone),
            SidecarJson.Deserialize("""{"schemaVersion":1,"conferenceId":"c","mediaId":"m","state":"gone","later":{}}"""u8));
}
