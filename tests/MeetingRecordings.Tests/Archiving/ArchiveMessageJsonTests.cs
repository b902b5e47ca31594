using System.Text;
using MeetingRecordings.Archiving;

namespace MeetingRecordings.Tests.Archiving;

public sealed class ArchiveMessageJsonTests
{
    [Fact]
    public void A_message_is_read_as_it_was_written()
    {
        var message = new ArchiveMessage("conf-1", "corp", "user")
        {
            MediaId = "media/1",
            RegionId = "cn-shenzhen",
            RecordType = "composed",
            DurationMs = 5,
            Again = true,
        };

        Assert.True(ArchiveMessageJson.Parse(ArchiveMessageJson.Serialize(message)).Succeeded(out var read, out _));

        Assert.Equal(message, read);
        Assert.Equal("conf-1:archive:media/1", read.Root);
    }

    [Fact]
    public void Without_a_video_it_is_about_what_was_said()
    {
        var json = ArchiveMessageJson.Serialize(new ArchiveMessage("conf-1", null, null));

        Assert.Equal("""{"conferenceId":"conf-1","again":false}""", Encoding.UTF8.GetString(json));
        Assert.True(ArchiveMessageJson.Parse(json).Succeeded(out var read, out _));
        Assert.Equal("conf-1:transcript", read.Root);
    }

    [Theory]
    [InlineData("not json", "$")]
    [InlineData("null", "conferenceId")]
    [InlineData("{}", "conferenceId")]
    [InlineData("""{"conferenceId":"a/b"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a","unionId":"b c"}""", "unionId")]
    [InlineData("""{"conferenceId":"a","mediaId":""}""", "mediaId")]
    [InlineData("""{"conferenceId":"a","mediaId":"m"}""", "regionId")]
    [InlineData("""{"conferenceId":"a","mediaId":"m","regionId":""}""", "regionId")]
    [InlineData("""{"conferenceId":"a","durationMs":"x"}""", "$.durationMs")]
    public void What_cannot_be_read_names_the_field(string body, string field)
    {
        Assert.False(ArchiveMessageJson.Parse(Encoding.UTF8.GetBytes(body)).Succeeded(out _, out var problem));

        Assert.Equal(field, problem.Field);
    }
}
