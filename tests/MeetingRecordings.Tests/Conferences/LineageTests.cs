using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Notifications.Events;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Tests.Conferences;

/// <summary>
/// The queue drops a message whose id it has seen within ten minutes, consumed or not. Each test is one way in which an id
/// that is used twice would lose a message, or one in which an id that is not would repeat work.
/// </summary>
public sealed class LineageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly RecoveryOptions Options = new();

    [Fact]
    public void A_retry_has_another_id_than_the_message_that_it_follows()
    {
        var root = new Lineage("conf-1:ended", Now);

        Assert.Equal("conf-1:ended", root.MessageId);
        Assert.Equal("conf-1:ended:7/1", Next(root.ContinueFrom(7), "systemError").MessageId);
    }

    [Fact]
    public void Every_step_of_a_run_has_an_id_of_its_own_whatever_kind_of_wait_it_is()
    {
        var lineage = new Lineage("conf-1:ended", Now).ContinueFrom(7);
        var ids = new List<string> { "conf-1:ended" };
        foreach (var code in new[] { "systemError", "waterLimitError", "cloudRecordNotFound", "waterLimitError", "systemError", "resourceClose", "recorded", "systemError" })
        {
            lineage = Next(lineage, code);
            ids.Add(lineage.MessageId);
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal("conf-1:ended:7/8", ids[^1]);
    }

    [Fact]
    public void A_message_delivered_twice_sends_the_same_child_twice_so_that_one_is_dropped()
    {
        var root = new Lineage("conf-1:ended", Now);
        var child = Next(root.ContinueFrom(7), "systemError");

        Assert.Equal(child.MessageId, Next(root.ContinueFrom(7), "systemError").MessageId);
        Assert.Equal(Next(child.ContinueFrom(8), "systemError").MessageId, Next(child.ContinueFrom(8), "waterLimitError").MessageId);
    }

    [Fact]
    public void A_child_keeps_its_runs_number_whatever_number_the_queue_gives_to_it()
    {
        var child = Next(new Lineage("conf-1:ended", Now).ContinueFrom(7), "systemError");

        Assert.Equal(child, child.ContinueFrom(8));
        Assert.Equal("conf-1:ended:7/2", Next(child.ContinueFrom(8), "systemError").MessageId);
    }

    [Fact]
    public void Two_runs_of_one_conference_share_no_id_after_their_roots()
    {
        // The second push comes eleven minutes after the first, so its root is no duplicate; its retries must not be either.
        var first = Next(new Lineage("conf-1:ended", Now).ContinueFrom(7), "systemError");
        var second = Next(new Lineage("conf-1:ended", Now.AddMinutes(11)).ContinueFrom(9), "systemError");

        Assert.NotEqual(first.MessageId, second.MessageId);
        Assert.NotEqual(Next(first, "systemError").MessageId, Next(second, "systemError").MessageId);
    }

    [Fact]
    public void A_root_that_ends_like_a_step_is_still_not_one()
        => Assert.NotEqual(
            Next(new Lineage("conf-1:ended", Now).ContinueFrom(7), "systemError").MessageId,
            new Lineage("conf-1:ended:7", Now).ContinueFrom(1).MessageId);

    [Fact]
    public void The_same_push_again_has_the_same_id_and_the_other_events_of_the_meeting_have_others()
    {
        var ended = RootOf(Event("meeting_status_change", "e1", "changeScene", "conference_closed"));
        var endedAgain = RootOf(Event("meeting_status_change", "e2", "changeScene", "conference_closed"));
        var segment = RootOf(Event("flash_minutes_open_event", "e3", "minutesEventType", "video_generated"));
        var segmentAgain = RootOf(Event("flash_minutes_open_event", "e3", "minutesEventType", "video_generated"));
        var composed = RootOf(Event("flash_minutes_open_event", "e4", "minutesEventType", "video_generated"));

        Assert.Equal(ended, endedAgain);
        Assert.Equal(segment, segmentAgain);
        Assert.Equal(3, new[] { ended, segment, composed }.Distinct().Count());
    }

    [Fact]
    public void Events_without_any_id_are_told_apart_by_what_they_say()
    {
        var segment = RootOf("""{"EventType":"flash_minutes_open_event","EventTime":1663143335567,"bizType":"cloud_record","minutesEventType":"video_generated","openConfModel":{"conferenceId":"conf-1"}}""");
        var composed = RootOf("""{"EventType":"flash_minutes_open_event","EventTime":1663143335999,"bizType":"cloud_record","minutesEventType":"video_generated","openConfModel":{"conferenceId":"conf-1"}}""");

        Assert.NotEqual(segment, composed);
    }

    [Theory]
    [InlineData("conf-1", "conf-2")]
    [InlineData("conf-1", "CONF-1")]
    [InlineData("conf-1", "conf-1:ended")]
    public void Two_conferences_share_no_id(string one, string other)
    {
        Assert.NotEqual(RootOf(Ended(one)), RootOf(Ended(other)));
        Assert.NotEqual(PlainRootOf(one, "key"), PlainRootOf(other, "key"));
        Assert.NotEqual(RootOf(Ended(one)), PlainRootOf(other, "key"));
    }

    [Fact]
    public void A_push_and_a_plain_notification_of_one_conference_share_no_id()
        => Assert.NotEqual(RootOf(Ended("conf-1")), PlainRootOf("conf-1", "ended"));

    [Fact]
    public void An_id_of_128_characters_is_kept_and_a_longer_one_is_hashed()
    {
        var fits = new string('a', Lineage.MaxMessageIdLength);

        Assert.Equal(fits, Lineage.MessageIdOf(fits));
        Assert.Matches("^[0-9a-f]{64}$", Lineage.MessageIdOf(fits + "b"));
    }

    [Fact]
    public void Long_ids_that_differ_only_at_their_ends_stay_different()
    {
        var conference = new string('c', Identifiers.MaxLength);
        var lineage = new Lineage(RootOf(Ended(conference)), Now);
        var child = Next(lineage.ContinueFrom(7), "systemError");

        string[] ids =
        [
            lineage.MessageId, child.MessageId, Next(child, "systemError").MessageId, Next(lineage.ContinueFrom(8), "systemError").MessageId,
            new Lineage(RootOf(Ended(conference[..^1] + "d")), Now).MessageId,
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.InRange(id.Length, 1, Lineage.MaxMessageIdLength));
    }

    private static Lineage Next(Lineage lineage, string code)
    {
        LookOutcome outcome = code == "recorded" ? new LookOutcome.Recorded() : new LookOutcome.Failed(new DingTalkError(code, "", 400));
        return Assert.IsType<RecoveryAction.LookAgain>(new RecoveryPolicy(Options).Decide(outcome, new LookContext(Trigger.MeetingEnded, lineage, Now, 0))).Lineage;
    }

    private static string Ended(string conferenceId)
        => $$$"""{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"{{{conferenceId}}}"}}""";

    private static string Event(string type, string eventId, string field, string value)
        => $$$"""{"EventType":"{{{type}}}","eventId":"{{{eventId}}}","bizType":"cloud_record","{{{field}}}":"{{{value}}}","openConfModel":{"conferenceId":"conf-1"}}""";

    private static string RootOf(string json)
        => Assert.IsType<DingTalkEvent.Notified>(DingTalkEventReader.Read(System.Text.Encoding.UTF8.GetBytes(json))).Notification.Root;

    private static string PlainRootOf(string conferenceId, string? key)
        => Assert.IsType<PlainReading.Items>(
            PlainNotificationReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"conferenceId":"{{conferenceId}}"}"""), key)).Accepted[0].Notification.Root;
}
