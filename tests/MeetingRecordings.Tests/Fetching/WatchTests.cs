using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Fetching;

/// <summary>The message that a meeting's begin sends ahead, in case the notification of its end gets lost.</summary>
public sealed class WatchTests : FetcherTest
{
    private static readonly ConferenceMessage Watch = Message with { EndedAt = null, Trigger = Trigger.Watch };

    [Fact]
    public async Task A_meeting_whose_manifest_is_there_is_not_asked_about()
    {
        Store.Add(Manifest.NotRecorded("conf-1"));

        var look = await FetchAsync(Watch);

        Assert.IsType<RecoveryAction.Finish>(look.Action);
        Assert.False(look.Finding.IsMissedEnd);
        AssertCalls();
    }

    [Fact]
    public async Task A_meeting_of_which_a_message_waits_or_has_failed_is_not_asked_about()
    {
        Messages.Notified.Add("conf-1");

        var look = await FetchAsync(Watch);

        Assert.IsType<LookOutcome.Unneeded>(look.Outcome);
        Assert.IsType<RecoveryAction.Finish>(look.Action);
        Assert.False(look.Finding.IsMissedEnd);
        AssertCalls();
    }

    [Fact]
    public async Task A_meeting_is_asked_about_while_only_others_have_messages()
    {
        Messages.Notified.Add("conf-2");
        DingTalk.Answer(ConferencePath, 200, NeverRecordedInfo);

        Assert.True((await FetchAsync(Watch)).Finding.IsMissedEnd);
    }

    [Fact]
    public async Task A_meeting_that_is_still_running_is_watched_on()
    {
        DingTalk.Answer(ConferencePath, 200, """{"confInfo":{"status":2,"cloudRecordStatus":1,"creatorId":"creator"}}""");

        var look = await FetchAsync(Watch);

        var again = Assert.IsType<RecoveryAction.LookAgain>(look.Action);
        Assert.Equal((TimeSpan.FromHours(12), Trigger.Watch), (again.After, again.Trigger));
        Assert.False(look.Finding.IsMissedEnd);
        Assert.Equal(0, Store.Writes);
        AssertCalls("info");
    }

    [Theory]
    [InlineData("""{"confInfo":{"status":1,"endTime":1795424400000,"cloudRecordStatus":3,"creatorId":"creator"}}""")]
    [InlineData("""{"confInfo":{"status":2,"endTime":1795424400000,"cloudRecordStatus":3,"creatorId":"creator"}}""")]
    public async Task A_meeting_that_has_ended_unnoticed_is_looked_at_with_no_further_call_but_for_its_videos(string info)
    {
        DingTalk.Answer(ConferencePath, 200, info).Answer(VideosPath, 200, OneVideo);

        var look = await FetchAsync(Watch, Fresh with { EndedAtSource = EndedAtSource.Fallback });

        Assert.True(look.Finding.IsMissedEnd);
        Assert.Equal((ManifestStatus.Recorded, DateTimeOffset.FromUnixTimeMilliseconds(1795424400000)), (Store.Merged!.Status, Store.Merged.EndedAt));
        AssertCalls("info", "getVideos creator");
    }

    [Fact]
    public async Task What_follows_a_missed_end_is_what_follows_an_end()
    {
        DingTalk.Answer(ConferencePath, 200, RecordedInfo).Answer(VideosPath, 400, NotFound);

        var look = await FetchAsync(Watch);

        var again = Assert.IsType<RecoveryAction.LookAgain>(look.Action);
        Assert.Equal((Trigger.MeetingEnded, Trigger.MeetingEnded, 1), (look.Message.Trigger, again.Trigger, again.Lineage.Checks));
    }

    [Fact]
    public async Task A_missed_end_of_a_meeting_that_was_not_recorded_is_written_down_after_one_call()
    {
        DingTalk.Answer(ConferencePath, 200, NeverRecordedInfo);

        Assert.True((await FetchAsync(Watch)).Finding.IsMissedEnd);
        Assert.Equal(ManifestStatus.NotRecorded, Store.Find("conf-1")!.Status);
        AssertCalls("info");
    }

    [Fact]
    public async Task Conference_info_that_fails_for_now_keeps_the_watch()
    {
        DingTalk.Answer(ConferencePath, 500, """{"code":"systemError"}""");

        var look = await FetchAsync(Watch);

        Assert.Equal((Trigger.Watch, 1), (((RecoveryAction.LookAgain)look.Action).Trigger, ((RecoveryAction.LookAgain)look.Action).Lineage.Faults));
        Assert.False(look.Finding.IsMissedEnd);
    }

    [Fact]
    public async Task A_meeting_that_conference_info_does_not_know_is_taken_as_ended_so_that_its_creator_is_asked_for()
    {
        DingTalk.Answer(ConferencePath, 404, """{"code":"roomNotFound"}""").Answer(VideosPath, 200, OneVideo);

        Assert.IsType<LookOutcome.Recorded>((await FetchAsync(Watch)).Outcome);
        AssertCalls("info", "getVideos creator");
    }
}
