using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Fetching;

/// <summary>The order in which DingTalk is asked, and what each way costs in metered calls.</summary>
public sealed class InfoFirstTests : FetcherTest
{
    private const string Composed = """{"videoList":[{"mediaId":"m1","recordId":"r1","recordType":1}]}""";
    private static readonly ConferenceMessage Ready = Message with { UnionId = null, EndedAt = null, Trigger = Trigger.RecordingReady };

    [Fact]
    public async Task A_meeting_that_was_not_recorded_costs_one_call()
    {
        DingTalk.Answer(ConferencePath, 200, NeverRecordedInfo);

        var result = await FetchAsync(Message);

        Assert.Equal(new LookOutcome.NotRecorded(), result.Outcome);
        Assert.Equal(ManifestStatus.NotRecorded, Store.Find("conf-1")!.Status);
        AssertCalls("info");
    }

    [Fact]
    public async Task A_recorded_meeting_with_both_events_costs_two_calls()
    {
        DingTalk.Answer(ConferencePath, 200, RecordedInfo).Answer(VideosPath, 200, OneVideo);

        Assert.IsType<RecoveryAction.Finish>((await FetchAsync(Ready)).Action);
        var ended = await FetchAsync(Message);

        Assert.Equal(new LookOutcome.RecordedBefore(), ended.Outcome);
        Assert.IsType<RecoveryAction.Finish>(ended.Action);
        AssertCalls("info", "getVideos owner");
    }

    [Fact]
    public async Task What_the_event_of_the_end_knew_is_written_to_the_manifest_that_is_there_without_a_call()
    {
        DingTalk.Answer(ConferencePath, 200, RecordedInfo).Answer(VideosPath, 200, OneVideo);
        await FetchAsync(Ready);
        var details = MeetingDetails.Of("Weekly", Now.AddHours(-1), "creator", "schedule-1", "123456789");

        await FetchAsync(Message with { Meeting = details });

        var manifest = Store.Find("conf-1")!;
        Assert.Equal((Message.EndedAt, details), (manifest.EndedAt, manifest.Meeting));
        Assert.Single(manifest.Videos);
        AssertCalls("info", "getVideos owner");
    }

    [Fact]
    public async Task A_further_event_of_a_video_costs_one_call_for_the_manifest_names_whom_to_ask()
    {
        DingTalk
            .Answer(ConferencePath, 200, RecordedInfo)
            .Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m1","unionId":"recorder"}]}""")
            .Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m1","unionId":"recorder"},{"mediaId":"m2","recordType":1}]}""");
        await FetchAsync(Ready);

        await FetchAsync(Ready);

        Assert.Equal(2, Store.Find("conf-1")!.Videos.Length);
        AssertCalls("info", "getVideos owner", "getVideos recorder");
    }

    [Fact]
    public async Task A_recorded_meeting_whose_video_event_got_lost_costs_four_calls_at_most_when_ready_within_half_an_hour()
    {
        DingTalk.Answer(ConferencePath, 200, RecordedInfo).Answer(VideosPath, 400, NotFound).Answer(VideosPath, 200, OneVideo);

        var afterTenMinutes = await FetchAsync(Message);
        var again = Assert.IsType<RecoveryAction.LookAgain>(afterTenMinutes.Action);
        var afterHalfAnHour = await FetchAsync(afterTenMinutes.Message, again.Lineage);
        var second = Assert.IsType<RecoveryAction.LookAgain>(afterHalfAnHour.Action);
        var last = await FetchAsync(afterHalfAnHour.Message with { Trigger = second.Trigger }, second.Lineage);

        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30), Trigger.Recheck), (again.After, second.After, second.Trigger));
        Assert.IsType<RecoveryAction.Finish>(last.Action);
        AssertCalls("info", "getVideos creator", "getVideos creator", "getVideos creator");
    }

    [Fact]
    public async Task A_composed_video_that_is_listed_needs_no_second_look()
    {
        DingTalk.Answer(ConferencePath, 200, RecordedInfo).Answer(VideosPath, 200, Composed);

        Assert.IsType<RecoveryAction.Finish>((await FetchAsync(Message)).Action);
    }

    [Theory]
    [InlineData("creator", 7)]
    [InlineData("owner", 8)]
    public async Task A_recording_that_is_never_listed_costs_at_most_eight_calls_over_two_days(string creator, int calls)
    {
        DingTalk
            .Answer(ConferencePath, 200, $$$"""{"confInfo":{"cloudRecordStatus":3,"creatorId":"{{{creator}}}"}}""")
            .Answer(VideosPath, 400, NotFound);
        var (message, lineage, waited) = (Message, Fresh, Recovery.FirstLookAfter);
        LookResult look;
        while ((look = await FetchAsync(message, lineage)).Action is RecoveryAction.LookAgain again)
        {
            (message, lineage, waited) = (look.Message, again.Lineage, waited + again.After);
        }

        Assert.Equal(new LookOutcome.NotRecorded(Contradicted: true), look.Outcome);
        Assert.Equal(TimeSpan.FromDays(2), waited);
        Assert.Equal(calls, DingTalk.Calls.Count());
    }

    [Fact]
    public async Task What_a_later_event_of_a_video_lists_overturns_that_there_was_no_recording()
    {
        DingTalk.Answer(ConferencePath, 200, NeverRecordedInfo).Answer(VideosPath, 200, OneVideo);
        await FetchAsync(Message);

        await FetchAsync(Ready);

        Assert.Equal(ManifestStatus.Recorded, Store.Find("conf-1")!.Status);
        AssertCalls("info", "getVideos creator");
    }

    [Theory]
    [InlineData(404, "roomNotFound")]
    [InlineData(403, "noPermission")]
    [InlineData(400, "paramError")]
    public async Task Where_conference_info_refuses_the_creator_is_asked_for(int status, string code)
    {
        DingTalk.Answer(ConferencePath, status, $$"""{"code":"{{code}}"}""").Answer(VideosPath, 200, OneVideo);

        Assert.IsType<LookOutcome.Recorded>((await FetchAsync(Message)).Outcome);
        AssertCalls("info", "getVideos creator");
    }

    [Fact]
    public async Task Where_both_refuse_the_message_is_dead_lettered()
    {
        DingTalk.Answer(ConferencePath, 404, """{"code":"roomNotFound"}""").Answer(VideosPath, 404, """{"code":"permissionError"}""");

        Assert.Equal("permissionError", Assert.IsType<RecoveryAction.DeadLetter>((await FetchAsync(Message)).Action).Reason);
        AssertCalls("info", "getVideos creator");
    }

    [Fact]
    public async Task A_user_who_may_not_see_the_recordings_gives_way_to_the_next()
    {
        DingTalk
            .Answer(ConferencePath, 200, RecordedInfo)
            .Answer(UserPath("creator"), 404, """{"code":"permissionError"}""")
            .Answer(UserPath("owner"), 200, OneVideo);

        var look = await FetchAsync(Message);

        Assert.Equal("owner", look.Message.UnionId);
        AssertCalls("info", "getVideos creator", "getVideos owner");
    }

    [Fact]
    public async Task Conference_info_that_fails_for_now_is_a_fault_and_nobody_else_is_asked()
    {
        DingTalk.Answer(ConferencePath, 500, """{"code":"systemError"}""");

        var again = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);

        Assert.Equal((1, 0), (again.Lineage.Faults, again.Lineage.Checks));
        AssertCalls("info");
    }

    [Fact]
    public async Task The_end_that_conference_info_knows_counts_where_the_notification_only_guessed()
    {
        DingTalk.Answer(ConferencePath, 200, """{"confInfo":{"cloudRecordStatus":0,"creatorId":"creator","title":"Weekly","startTime":1795420800000,"endTime":1795424400000}}""");

        await FetchAsync(Message, Fresh with { EndedAtSource = EndedAtSource.Fallback });

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1795424400000), Store.Merged!.EndedAt);
        Assert.Equal(EndedAtSource.Event, Store.Merged.EndedAtSource);
        Assert.Equal(("Weekly", DateTimeOffset.FromUnixTimeMilliseconds(1795420800000), "creator"),
            (Store.Merged.Meeting.Title, Store.Merged.Meeting.StartedAt, Store.Merged.Meeting.OrganizerUnionId));
    }

    [Fact]
    public async Task The_end_that_the_notification_named_stays()
    {
        DingTalk.Answer(ConferencePath, 200, """{"confInfo":{"cloudRecordStatus":0,"endTime":1795424400000}}""");

        await FetchAsync(Message);

        Assert.Equal(Message.EndedAt, Store.Merged!.EndedAt);
    }

    [Theory]
    [InlineData(Trigger.MeetingEnded)]
    [InlineData(Trigger.Backfill)]
    [InlineData(Trigger.SummaryReady)]
    [InlineData(Trigger.Watch)]
    public async Task Once_a_video_is_written_down_no_other_message_asks(Trigger trigger)
    {
        Store.Add(Manifest.Recorded("conf-1", [new Video { MediaId = "m1" }]));

        var look = await FetchAsync(Message with { Trigger = trigger });

        Assert.Equal(new LookOutcome.RecordedBefore(), look.Outcome);
        Assert.IsType<RecoveryAction.Finish>(look.Action);
        AssertCalls();
    }

    [Theory]
    [InlineData(Trigger.Replay)]
    [InlineData(Trigger.RecordingReady)]
    [InlineData(Trigger.Recheck)]
    public async Task Who_asks_for_more_than_the_manifest_holds_asks_DingTalk(Trigger trigger)
    {
        Store.Add(Manifest.Recorded("conf-1", [new Video { MediaId = "m1" }]));
        DingTalk.Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m2"}]}""");

        await FetchAsync(Message with { Trigger = trigger });

        Assert.Equal(2, Store.Find("conf-1")!.Videos.Length);
        AssertCalls("getVideos creator");
    }

    [Fact]
    public async Task A_summary_changes_nothing_before_the_message_of_the_end_has_come_to_its_end()
    {
        var look = await FetchAsync(Message with { Trigger = Trigger.SummaryReady });

        Assert.Equal(new LookOutcome.Unneeded(), look.Outcome);
        Assert.IsType<RecoveryAction.Finish>(look.Action);
        Assert.Equal(0, Store.Writes);
        AssertCalls();
    }

    [Fact]
    public async Task A_summary_proves_that_there_is_a_recording_where_none_was_written_down()
    {
        Store.Add(Manifest.NotRecorded("conf-1") with { Meeting = new MeetingDetails { OrganizerUnionId = "organiser" } });
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(VideosPath, 200, OneVideo);
        var summary = Message with { UnionId = null, Trigger = Trigger.SummaryReady };

        var again = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(summary)).Action);
        await FetchAsync(summary, again.Lineage);

        Assert.Equal(ManifestStatus.Recorded, Store.Find("conf-1")!.Status);
        AssertCalls("getVideos organiser", "getVideos organiser");
    }
}
