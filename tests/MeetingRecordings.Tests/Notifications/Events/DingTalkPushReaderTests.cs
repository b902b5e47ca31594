using System.Text;
using System.Text.Json;
using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications.Events;

namespace MeetingRecordings.Tests.Notifications.Events;

public sealed class DingTalkPushReaderTests
{
    private static readonly DateTimeOffset CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_795_420_800_000);

    private static readonly string Closed =
        """{"syncAction":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1","creatorId":"union-1"}}""";

    [Fact]
    public void A_single_event_is_read_as_it_is()
    {
        var read = Read("""{"EventType":"check_url"}""");

        Assert.Equal([new DingTalkEvent.Ignored("check_url")], read);
    }

    [Theory]
    [InlineData("SYNC_HTTP_PUSH_MEDIUM")]
    [InlineData("SYNC_HTTP_PUSH_HIGH")]
    public void An_event_within_a_batch_takes_its_organisation_and_time_from_its_row(string eventType)
    {
        var read = Read(Batch([Row(Closed)], eventType));

        var notified = Assert.IsType<DingTalkEvent.Notified>(Assert.Single(read));
        Assert.Equal(new ConferenceMessage("conf-1", "union-1", "corp-1", CreatedAt, Trigger.MeetingEnded), notified.Notification.Message);
        Assert.Equal("conf-1:ended", notified.Notification.Root);
        Assert.Equal(EndedAtSource.Fallback, notified.Notification.EndedAtSource);
    }

    [Fact]
    public void The_end_that_an_event_names_comes_before_the_time_of_its_row()
    {
        var read = Read(Batch([Row("""{"syncAction":"meeting_status_change_target_push","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1","endTime":1795417200000}}""")]));

        var notified = Assert.IsType<DingTalkEvent.Notified>(Assert.Single(read)).Notification;
        Assert.Equal(CreatedAt.AddHours(-1), notified.Message.EndedAt);
        Assert.Equal(EndedAtSource.Event, notified.EndedAtSource);
    }

    [Fact]
    public void Of_what_both_say_the_rows_organisation_counts_and_the_events_action_and_time()
    {
        var time = CreatedAt.AddMinutes(-1);
        var read = Read(Batch([Row(
            $$$"""{"syncAction":"meeting_status_change","EventType":"check_url","CorpId":"corp-2","EventTime":{{{time.ToUnixTimeMilliseconds()}}},"changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1"}}""")]));

        var message = Assert.IsType<DingTalkEvent.Notified>(Assert.Single(read)).Notification.Message;
        Assert.Equal(("corp-1", time), (message.CorpId, message.EndedAt));
    }

    [Fact]
    public void An_event_names_its_organisation_itself_where_its_row_does_not()
    {
        var read = Read(Batch([
            """{"biz_type":225,"biz_data":{"CorpId":"corp-2","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1"}}}"""]));

        Assert.Equal("corp-2", Assert.IsType<DingTalkEvent.Notified>(Assert.Single(read)).Notification.Message.CorpId);
    }

    [Fact]
    public void A_bad_row_spoils_no_other()
    {
        var read = Read(Batch([
            "7",
            """{"biz_type":225}""",
            Row("no json"),
            Row("null"),
            Row("""{"syncAction":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"../etc"}}"""),
            """{"biz_type":225,"biz_data":"\ud800"}""",
            """{"biz_type":225,"biz_data":""}""",
            """{"biz_type":225,"corp_id":"\ud800","biz_data":"{}"}""",
            Row(Closed)]));

        const string Data = "bizData[].biz_data";
        Assert.Equal(
            [Data, Data, "$", "EventType", "openConfModel.conferenceId", Data, Data, Data],
            read.SkipLast(1).Select(static bad => Assert.IsType<DingTalkEvent.Malformed>(bad).Problem.Field));
        Assert.IsType<DingTalkEvent.Notified>(read[^1]);
    }

    [Theory]
    [InlineData(225, "\"changeScene\":\"conference_closed\"", Trigger.MeetingEnded)]
    [InlineData(348, "\"changeScene\":\"conference_closed\"", Trigger.MeetingEnded)]
    [InlineData(396, "\"bizType\":\"cloud_record\",\"minutesEventType\":\"video_generated\"", Trigger.RecordingReady)]
    [InlineData(400, "\"bizType\":\"cloud_record\",\"minutesEventType\":\"video_generated\"", Trigger.RecordingReady)]
    public void A_row_without_a_syncAction_is_known_by_its_number(int bizType, string fields, Trigger trigger)
    {
        var read = Read(Batch([Row($$$"""{{{{fields}}},"openConfModel":{"conferenceId":"conf-1"}}""", bizType)]));

        Assert.Equal(trigger, Assert.IsType<DingTalkEvent.Notified>(Assert.Single(read)).Notification.Message.Trigger);
    }

    [Fact]
    public void Two_videos_of_one_meeting_have_roots_of_their_own_and_a_repeated_row_has_the_same()
    {
        static string Video(int sequence)
            => $$$"""{"syncAction":"flash_minutes_open_event","syncSeq":"{{{sequence}}}","bizType":"cloud_record","minutesEventType":"video_generated","openConfModel":{"conferenceId":"conf-1"}}""";
        var roots = Read(Batch([Row(Video(1)), Row(Video(2)), Row(Video(1))])).Cast<DingTalkEvent.Notified>().Select(static n => n.Notification.Root).ToArray();

        Assert.NotEqual(roots[0], roots[1]);
        Assert.Equal(roots[0], roots[2]);
    }

    [Fact]
    public void A_row_whose_data_is_an_object_is_read_too()
    {
        var read = Read("""{"EventType":"SYNC_HTTP_PUSH_HIGH","bizData":[{"biz_type":2,"biz_data":{"syncAction":"suite_ticket","suiteTicket":"ticket-1"}}]}""");

        Assert.Equal([new DingTalkEvent.SuiteTicketPushed(null, "ticket-1", null)], read);
    }

    [Theory]
    [InlineData("""{"syncAction":"suite_ticket","suiteTicket":"ticket-1"}""")]
    [InlineData("""{"suiteTicket":"ticket-1"}""")]
    public void A_ticket_within_a_batch_was_pushed_when_its_row_was_made(string data)
        => Assert.Equal([new DingTalkEvent.SuiteTicketPushed(null, "ticket-1", CreatedAt)], Read(Batch([Row(data, bizType: 2)], "SYNC_HTTP_PUSH_HIGH")));

    [Theory]
    [InlineData("1795420800000")]
    [InlineData("\"1795420800000\"")]
    [InlineData("\"\\u0031795420800000\"")]
    public void A_ticket_in_an_event_of_its_own_names_its_app_and_time(string timeStamp)
        => Assert.Equal(
            [new DingTalkEvent.SuiteTicketPushed("suite-1", "ticket-1", CreatedAt)],
            Read($$"""{"EventType":"suite_ticket","SuiteKey":"suite-1","SuiteTicket":"ticket-1","TimeStamp":{{timeStamp}}}"""));

    [Fact]
    public void The_time_that_a_ticket_names_comes_before_that_of_its_row()
        => Assert.Equal(
            [new DingTalkEvent.SuiteTicketPushed("suite-1", "ticket-1", CreatedAt.AddHours(-1))],
            Read(Batch([Row("""{"syncAction":"suite_ticket","suiteKey":"suite-1","suiteTicket":"ticket-1","timeStamp":1795417200000}""", bizType: 2)])));

    [Fact]
    public void What_is_no_ticket_is_told_with_what_was_expected()
    {
        Assert.Equal(
            [new DingTalkEvent.Malformed(new FieldProblem("suiteTicket", "1 to 1024 printable ASCII characters without spaces"))],
            Read("""{"EventType":"suite_ticket","SuiteTicket":""}"""));
        Assert.Equal(
            [new DingTalkEvent.Malformed(new FieldProblem("$", "the JSON of a DingTalk event"))],
            Read("""{"EventType":"suite_ticket","SuiteTicket":"\ud800"}"""));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"two words\"")]
    [InlineData("\"line\\nbreak\"")]
    [InlineData("{}")]
    public void A_ticket_that_cannot_be_one_is_malformed(string ticket)
        => Assert.Equal(
            "suiteTicket",
            Assert.IsType<DingTalkEvent.Malformed>(Assert.Single(Read($$"""{"EventType":"suite_ticket","SuiteTicket":{{ticket}}}"""))).Problem.Field);

    [Theory]
    [InlineData(1024, typeof(DingTalkEvent.SuiteTicketPushed))]
    [InlineData(1025, typeof(DingTalkEvent.Malformed))]
    public void A_ticket_has_at_most_1024_characters(int length, Type read)
        => Assert.IsType(read, Assert.Single(Read($$"""{"EventType":"suite_ticket","SuiteTicket":"{{new string('t', length)}}"}""")));

    [Fact]
    public void A_ticket_is_never_printed_but_when_it_was_pushed()
    {
        var printed = string.Join(' ', Read("""{"EventType":"suite_ticket","SuiteTicket":"ticket-1","TimeStamp":1795420800000}"""));

        Assert.DoesNotContain("ticket-1", printed, StringComparison.Ordinal);
        Assert.Contains("2026-11-23T08:00:00", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"EventType":"SYNC_HTTP_PUSH_MEDIUM"}""")]
    [InlineData("""{"EventType":"SYNC_HTTP_PUSH_MEDIUM","bizData":null}""")]
    [InlineData("""{"EventType":"SYNC_HTTP_PUSH_MEDIUM","bizData":"[]"}""")]
    [InlineData("""{"EventType":"SYNC_HTTP_PUSH_MEDIUM","bizData":{}}""")]
    public void A_batch_that_is_no_array_is_malformed(string json)
        => Assert.Equal([new DingTalkEvent.Malformed(new FieldProblem("bizData", "an array"))], Read(json));

    [Theory]
    [InlineData("""{"biz_type":13,"biz_data":""}""")]
    [InlineData("""{"biz_type":13}""")]
    [InlineData("""{"biz_type":"13","biz_data":"{}"}""")]
    [InlineData("""{"biz_type":13,"biz_data":null}""")]
    [InlineData("""{"biz_type":13,"biz_data":"junk"}""")]
    public void A_row_with_the_number_of_another_event_is_not_for_us_whatever_its_data(string row)
        => Assert.Equal([new DingTalkEvent.Ignored("biz_type 13")], Read(Batch([row])));

    [Fact]
    public void A_row_with_the_number_of_another_event_but_the_name_of_ours_is_ours()
        => Assert.IsType<DingTalkEvent.Notified>(Assert.Single(Read(Batch([Row(Closed, bizType: 13)]))));

    [Fact]
    public void A_byte_order_mark_before_an_event_or_a_rows_data_is_passed_over()
    {
        Assert.IsType<DingTalkEvent.Notified>(Assert.Single(Read($"\ufeff{Batch([Row($"\ufeff{Closed}")])}")));
        Assert.Equal([new DingTalkEvent.Ignored("check_url")], Read("\ufeff{\"EventType\":\"check_url\"}"));
    }

    [Fact]
    public void An_empty_batch_says_nothing() => Assert.Empty(Read(Batch([])));

    [Fact]
    public void A_batch_within_a_batch_is_not_read()
        => Assert.Equal([new DingTalkEvent.Ignored("SYNC_HTTP_PUSH_MEDIUM")], Read(Batch([Row(Batch([Row(Closed)]))])));

    [Fact]
    public void No_change_of_a_batch_makes_the_reader_throw()
    {
        var batch = Encoding.UTF8.GetBytes(Batch([Row(Closed), Row("""{"suiteTicket":"t"}""", 2), Row("{}")]));
        Gen.Select(Gen.Int[0, batch.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            var changed = batch.ToArray();
            foreach (var (at, value) in changes)
            {
                changed[at] = value;
            }

            _ = DingTalkPushReader.Read(changed).Count;
        });
    }

    private static IReadOnlyList<DingTalkEvent> Read(string json) => DingTalkPushReader.Read(Encoding.UTF8.GetBytes(json));

    private static string Row(string data, int bizType = 225)
        => $$"""{"gmt_create":{{CreatedAt.ToUnixTimeMilliseconds()}},"biz_type":{{bizType}},"open_cursor":0,"subscribe_id":"14778001_0","id":68,"biz_id":"b-1","biz_data":{{JsonSerializer.Serialize(data)}},"corp_id":"corp-1","status":0}""";

    private static string Batch(IEnumerable<string> rows, string eventType = "SYNC_HTTP_PUSH_MEDIUM")
        => $$"""{"EventType":"{{eventType}}","bizData":[{{string.Join(',', rows)}}]}""";
}
