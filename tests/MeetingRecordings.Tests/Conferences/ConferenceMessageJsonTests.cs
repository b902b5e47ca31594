using System.Text;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Tests.Conferences;

public sealed class ConferenceMessageJsonTests
{
    [Theory]
    [InlineData(Trigger.MeetingEnded, "meetingEnded")]
    [InlineData(Trigger.RecordingReady, "recordingReady")]
    [InlineData(Trigger.Recheck, "recheck")]
    [InlineData(Trigger.Backfill, "backfill")]
    [InlineData(Trigger.Replay, "replay")]
    public void A_message_is_written_as_the_contract_says_and_read_again(Trigger trigger, string text)
    {
        var message = new ConferenceMessage("conf+1", "u=1", "ding1", new DateTimeOffset(2026, 11, 23, 8, 0, 0, 50, TimeSpan.Zero), trigger);

        var json = ConferenceMessageJson.Serialize(message);

        using var parsed = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal(
            ["conferenceId=conf+1", "unionId=u=1", "corpId=ding1", "endedAt=2026-11-23T08:00:00.05Z", $"trigger={text}"],
            parsed.RootElement.EnumerateObject().Select(static field => $"{field.Name}={field.Value}"));
        var read = Read(json);
        Assert.Equal(message, read);
    }

    [Fact]
    public void What_is_not_known_is_null_on_the_queue()
    {
        var message = new ConferenceMessage("conf-1", null, null, null, Trigger.MeetingEnded);

        var json = ConferenceMessageJson.Serialize(message);

        Assert.Equal(
            """{"conferenceId":"conf-1","unionId":null,"corpId":null,"endedAt":null,"trigger":"meetingEnded"}""",
            Encoding.UTF8.GetString(json));
        var read = Read(json);
        Assert.Equal(message, read);
    }

    [Fact]
    public void A_message_put_on_the_queue_by_hand_needs_only_its_conference()
    {
        var read = Read("""{"conferenceId":"conf-1","note":[1,{}]}"""u8);
        Assert.Equal(new ConferenceMessage("conf-1", null, null, null, Trigger.MeetingEnded), read);
    }

    [Theory]
    [InlineData("", "$: expected the JSON of a conference message (byte 0).")]
    [InlineData("not JSON", "$: expected the JSON of a conference message (byte 1).")]
    [InlineData("[]", "$: expected the JSON of a conference message (byte 1).")]
    [InlineData("null", "conferenceId: expected")]
    [InlineData("{}", "conferenceId: expected")]
    [InlineData("""{"conferenceId":null}""", "conferenceId: expected")]
    [InlineData("""{"conferenceId":"../x"}""", "conferenceId: expected")]
    [InlineData("""{"conferenceId":7}""", "$.conferenceId: expected the JSON of a conference message (byte")]
    [InlineData("""{"conferenceId":"a","unionId":"two words"}""", "unionId: expected")]
    [InlineData("""{"conferenceId":"a","unionId":""}""", "unionId: expected")]
    [InlineData("""{"conferenceId":"a","corpId":"a\u0000"}""", "corpId: expected")]
    [InlineData("""{"conferenceId":"a","endedAt":"yesterday"}""", "$.endedAt: expected the JSON of a conference message (byte")]
    [InlineData("""{"conferenceId":"a","endedAt":"2026-11-23T08:00:00"}""", "$.endedAt: expected the JSON of a conference message (byte")]
    [InlineData("""{"conferenceId":"a","endedAt":"2026-11-23"}""", "$.endedAt: expected the JSON of a conference message (byte")]
    [InlineData("""{"conferenceId":"a","endedAt":17}""", "$.endedAt: expected the JSON of a conference message (byte")]
    [InlineData("""{"conferenceId":"a","trigger":"unheardOf"}""", "$.trigger: expected the JSON of a conference message (byte")]
    [InlineData("""{"conferenceId":"a","trigger":null}""", "$.trigger: expected the JSON of a conference message (byte")]
    [InlineData("""{"conferenceId":"a","trigger":99}""", "trigger: expected")]
    [InlineData("""{"conferenceId":"a","trigger":"99"}""", "trigger: expected")]
    public void A_message_that_is_none_is_told_what_is_wrong_with_it(string body, string problem)
        => Assert.StartsWith(problem, ProblemOf(Encoding.UTF8.GetBytes(body)).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-11-23T08:00:00Z")]
    [InlineData("2026-11-23T16:00:00+08:00")]
    [InlineData("2026-11-23T08:00:00.0000000+00:00")]
    public void An_end_with_any_offset_is_read_as_UTC(string text)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"conferenceId":"a","endedAt":"{{text}}"}""");

        var read = Read(json);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), read.EndedAt);
        Assert.Equal(TimeSpan.Zero, read.EndedAt!.Value.Offset);
    }

    [Fact]
    public void A_body_that_is_no_UTF8_is_no_message()
        => Assert.Equal("$.conferenceId", ProblemOf([.. "{\"conferenceId\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Field);

    private static ConferenceMessage Read(ReadOnlySpan<byte> json)
    {
        Assert.True(ConferenceMessageJson.Parse(json).Succeeded(out var message, out var problem), $"{problem}");
        return message;
    }

    private static FieldProblem ProblemOf(ReadOnlySpan<byte> json)
    {
        Assert.False(ConferenceMessageJson.Parse(json).Succeeded(out _, out var problem));
        return problem;
    }
}
