using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Fetching;

public sealed class FetcherReadinessTests : FetcherTest
{
    private protected override RecoveryOptions Recovery { get; } = new() { InfoFirst = false };

    [Theory]
    [InlineData(400, NotFound)]
    [InlineData(404, """{"code":"CLOUDRECORDNOTFOUND"}""")]
    [InlineData(200, """{"videoList":[]}""")]
    [InlineData(200, "{}")]
    [InlineData(400, """{"code":"resourceClose","message":"The meeting has ended"}""")]
    public async Task When_there_is_no_video_yet_conference_info_is_asked_once_and_the_ladder_climbed(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, RecordedInfo);

        var first = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);
        var second = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message, first.Lineage)).Action);

        Assert.Equal((TimeSpan.FromMinutes(20), Trigger.MeetingEnded, 1), (first.After, first.Trigger, first.Lineage.Checks));
        Assert.Equal((TimeSpan.FromMinutes(30), Trigger.MeetingEnded, 2), (second.After, second.Trigger, second.Lineage.Checks));
        Assert.True(second.Lineage.RecordingConfirmed);
        Assert.Equal(0, Store.Writes);
        AssertCalls("getVideos creator", "info", "getVideos creator");
    }

    [Theory]
    [InlineData(400, NotFound)]
    [InlineData(200, "{}")]
    [InlineData(400, """{"code":"resourceClose","message":"The meeting has ended"}""")]
    public async Task When_conference_info_says_never_recorded_that_is_written_down_at_once(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, NeverRecordedInfo);

        var result = await FetchAsync(Message);

        Assert.IsType<LookOutcome.NotRecorded>(result.Outcome);
        Assert.Equal(new LookOutcome.NotRecorded(), result.Outcome);
        var manifest = Store.Find("conf-1")!;
        Assert.Equal((ManifestStatus.NotRecorded, "ding1", Message.EndedAt), (manifest.Status, manifest.CorpId, manifest.EndedAt));
        Assert.Empty(manifest.Videos);
        AssertCalls("getVideos creator", "info");
    }

    [Theory]
    [InlineData(500, """{"code":"systemError"}""")]
    [InlineData(404, """{"code":"roomNotFound"}""")]
    [InlineData(200, """{"confInfo":{"creatorId":"creator"}}""")]
    [InlineData(200, "{}")]
    public async Task When_conference_info_does_not_say_the_ladder_is_climbed_all_the_same(int status, string body)
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, status, body);

        var again = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);

        Assert.Equal((TimeSpan.FromMinutes(20), false), (again.After, again.Lineage.RecordingConfirmed));
    }

    [Theory]
    [InlineData(200, """{"confInfo":{"creatorId":"creator","cloudRecordStatus":7}}""")]
    [InlineData(200, "{\"confInfo\":{}}")]
    public async Task Conference_info_that_does_not_say_is_asked_once_and_once_more_at_the_last_look(int status, string body)
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, status, body);

        var lineage = Fresh;
        for (var look = 0; look < Recovery.ReadinessLadder.Count; look++)
        {
            lineage = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message, lineage)).Action).Lineage;
        }

        Assert.Equal(1, DingTalk.Calls.Count(static call => call == ConferencePath));
        Assert.Equal(new LookOutcome.NotRecorded(), (await FetchAsync(Message, lineage)).Outcome);
        Assert.Equal(2, DingTalk.Calls.Count(static call => call == ConferencePath));
        Assert.Equal(ManifestStatus.NotRecorded, Store.Find("conf-1")!.Status);
    }

    [Theory]
    [InlineData(404, "roomNotFound")]
    [InlineData(403, "noPermission")]
    [InlineData(400, "paramError")]
    public async Task That_the_meeting_may_not_be_seen_does_not_mean_that_it_was_not_recorded(int status, string code)
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, status, $$"""{"code":"{{code}}"}""");

        var dead = Assert.IsType<RecoveryAction.DeadLetter>((await FetchAsync(Message, Fresh with { Checks = 5, InfoAsked = true })).Action);

        Assert.Equal(code, dead.Reason);
        Assert.Equal(0, Store.Writes);
    }

    [Fact]
    public async Task Conference_info_that_fails_for_now_is_asked_again_and_at_the_last_look_it_is_a_fault_rather_than_the_last_word()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 500, """{"code":"systemError"}""");

        var first = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);
        var last = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message, first.Lineage with { Checks = 5 })).Action);

        Assert.Equal((1, false), (first.Lineage.Checks, first.Lineage.InfoAsked));
        Assert.Equal((5, 1), (last.Lineage.Checks, last.Lineage.Faults));
        Assert.Equal(0, Store.Writes);
        AssertCalls("getVideos creator", "info", "getVideos creator", "info");
    }

    [Fact]
    public async Task What_conference_info_says_when_a_user_is_sought_needs_no_second_question()
    {
        DingTalk
            .Answer(VideosPath, 500, """{"code":"systemError"}""")
            .Answer(VideosPath, 400, NotFound)
            .Answer(ConferencePath, 200, RecordedInfo);

        var first = await FetchAsync(Message with { UnionId = null });
        var lineage = Assert.IsType<RecoveryAction.LookAgain>(first.Action).Lineage;
        var second = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(first.Message, lineage)).Action);

        Assert.True(second.Lineage.RecordingConfirmed);
        AssertCalls("info", "getVideos owner", "getVideos owner");
    }

    [Fact]
    public async Task What_conference_info_says_of_no_recording_when_a_user_is_sought_is_the_end()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, NeverRecordedInfo);

        Assert.Equal(new LookOutcome.NotRecorded(), (await FetchAsync(Message with { UnionId = null })).Outcome);
        AssertCalls("info", "getVideos creator");
    }

    [Fact]
    public async Task When_a_recording_was_announced_and_is_not_there_yet_nobody_is_asked_whether_there_is_one()
    {
        DingTalk.Answer(VideosPath, 400, NotFound);

        var again = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message with { Trigger = Trigger.RecordingReady })).Action);

        Assert.Equal((TimeSpan.FromMinutes(2), Trigger.RecordingReady), (again.After, again.Trigger));
        AssertCalls("getVideos creator");
    }
}
