using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Fetching;

public sealed class FetcherMissingRecordingTests : FetcherTest
{
    [Fact]
    public async Task When_a_recording_that_conference_info_told_of_is_never_listed_that_is_written_down_and_the_contradiction_told()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message, Fresh with { Checks = 9 });

        Assert.Equal((new LookOutcome.NotRecorded(Contradicted: true), new RecoveryAction.Finish()), (result.Outcome, result.Action));
        Assert.Equal(ManifestStatus.NotRecorded, Store.Find("conf-1")!.Status);
    }

    [Theory]
    [InlineData(500, """{"code":"systemError"}""")]
    [InlineData(200, """{"videoList":[]}""")]
    public async Task Before_a_recording_is_missing_the_others_whom_conference_info_names_are_asked(int status, string body)
    {
        DingTalk
            .Answer(UserPath("somebody"), 400, NotFound)
            .Answer(UserPath("owner"), status, body)
            .Answer(UserPath("creator"), 200, OneVideo)
            .Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message with { UnionId = "somebody" }, Fresh with { Checks = 9, RecordingConfirmed = true });

        Assert.IsType<LookOutcome.Recorded>(result.Outcome);
        Assert.Equal("creator", result.Message.UnionId);
        Assert.Single(Store.Find("conf-1")!.Videos);
        AssertCalls("getVideos somebody", "info", "getVideos owner", "getVideos creator");
    }

    [Fact]
    public async Task Before_a_recording_is_missing_nobody_is_asked_again_who_was_refused_or_asked()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message, Fresh with { Checks = 9, RecordingAnnounced = true, RefusedUnionIds = ["owner"] });

        Assert.Equal("recordingMissing", Assert.IsType<RecoveryAction.Poison>(result.Action).Reason);
        Assert.Equal("creator", result.Message.UnionId);
        AssertCalls("getVideos creator", "info");
    }

    [Fact]
    public async Task When_a_recording_that_an_event_told_of_is_never_listed_it_is_missing_whatever_conference_info_says()
    {
        DingTalk.Answer(VideosPath, 400, """{"code":"cloudRecordNotFound","requestid":"r-missing"}""").Answer(ConferencePath, 200, NeverRecordedInfo);

        var result = await FetchAsync(Message with { UnionId = null, Trigger = Trigger.RecordingReady }, Fresh with { Checks = 9 });

        var poison = Assert.IsType<RecoveryAction.Poison>(result.Action);
        Assert.Equal(("recordingMissing", "r-missing", true), (poison.Reason, poison.Failure!.RequestId, poison.Lineage.RecordingAnnounced));
        Assert.Equal(0, Store.Writes);
    }

    [Fact]
    public async Task When_a_recording_is_no_longer_listed_that_the_manifest_holds_it_is_not_missing()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, RecordedInfo);
        await FetchAsync(Message);

        var result = await FetchAsync(Message with { Trigger = Trigger.Replay }, Fresh with { Checks = 9 });

        Assert.IsType<LookOutcome.RecordedBefore>(result.Outcome);
        Assert.IsType<RecoveryAction.Finish>(result.Action);
        Assert.Single(Store.Find("conf-1")!.Videos);
    }
}
