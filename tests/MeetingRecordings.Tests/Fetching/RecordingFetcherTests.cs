using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;
using MeetingRecordings.Tests.Telemetry;

namespace MeetingRecordings.Tests.Fetching;

public sealed class RecordingFetcherTests : FetcherTest
{
    [Fact]
    public async Task When_there_are_videos_the_manifest_holds_them_and_a_second_look_follows()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo, ("x-acs-request-id", "req-1"));

        var result = await FetchAsync(Message);

        Assert.IsType<LookOutcome.Recorded>(result.Outcome);
        Assert.Equal(Message, result.Message);
        var again = Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        Assert.Equal((TimeSpan.FromMinutes(30), Trigger.Recheck, "conf-1:ended:7/1"), (again.After, again.Trigger, again.Lineage.MessageId));
        var manifest = Store.Find("conf-1")!;
        Assert.Equal((ManifestStatus.Recorded, "ding1", Message.EndedAt), (manifest.Status, manifest.CorpId, manifest.EndedAt));
        Assert.Equal(EndedAtSource.Event, Store.Merged!.EndedAtSource);
        Assert.Equal("m1", Assert.Single(manifest.Videos).MediaId);
        Assert.Equal("req-1", Store.RequestId);
        AssertCalls("getVideos creator");
    }

    [Fact]
    public async Task The_time_from_the_end_to_the_first_manifest_is_measured_once()
    {
        var message = Message with { EndedAt = Now.AddSeconds(-12_345.5) };
        using var seen = new SeenTelemetry();
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m2"}]}""");

        await FetchAsync(message);
        Assert.Single(seen.Measured, static m => m is ("meeting_recordings.end_to_end", 12_345.5, ""));

        await FetchAsync(message with { Trigger = Trigger.Recheck });
        Assert.Single(seen.Measured, static m => m.Name == "meeting_recordings.end_to_end");
    }

    [Theory]
    [InlineData(Trigger.Recheck)]
    [InlineData(Trigger.RecordingReady)]
    public async Task When_videos_are_seen_the_second_time_or_were_announced_it_is_the_end(Trigger trigger)
    {
        DingTalk.Answer(VideosPath, 200, OneVideo);

        Assert.IsType<RecoveryAction.Finish>((await FetchAsync(Message with { Trigger = trigger })).Action);
        Assert.NotNull(Store.Find("conf-1"));
        AssertCalls("getVideos creator");
    }

    [Fact]
    public async Task When_a_later_run_finds_nothing_the_manifest_keeps_its_videos()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, NeverRecordedInfo);
        await FetchAsync(Message);

        Assert.Equal(new LookOutcome.NotRecorded(), (await FetchAsync(Message)).Outcome);
        Assert.Equal(ManifestStatus.Recorded, Store.Find("conf-1")!.Status);
        Assert.Single(Store.Find("conf-1")!.Videos);
    }

    [Fact]
    public async Task When_the_second_look_finds_more_the_manifest_holds_both()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m2","recordId":"r1"}]}""");
        await FetchAsync(Message);
        await FetchAsync(Message with { Trigger = Trigger.Recheck });

        Assert.Equal(["m2", "m1"], Store.Find("conf-1")!.Videos.Select(static v => v.MediaId));
    }

    [Fact]
    public async Task When_the_second_look_finds_nothing_nobody_is_asked_and_nothing_written()
    {
        DingTalk.Answer(VideosPath, 400, NotFound);

        Assert.IsType<RecoveryAction.Finish>((await FetchAsync(Message with { Trigger = Trigger.Recheck })).Action);
        Assert.Equal(0, Store.Writes);
        AssertCalls("getVideos creator");
    }

    [Theory]
    [InlineData(404, "permissionError", typeof(RecoveryAction.DeadLetter))]
    [InlineData(500, "systemError", typeof(RecoveryAction.LookAgain))]
    [InlineData(404, "waterLimitError", typeof(RecoveryAction.LookAgain))]
    [InlineData(403, "Forbidden.AccessDenied.ApiCountLimitForOrg", typeof(RecoveryAction.Poison))]
    public async Task When_DingTalk_says_no_the_policy_decides_and_nobody_else_is_asked(int status, string code, Type action)
    {
        DingTalk.Answer(VideosPath, status, $$"""{"code":"{{code}}"}""");

        Assert.IsType(action, (await FetchAsync(Message)).Action);
        Assert.Equal(0, Store.Writes);
        AssertCalls("getVideos creator");
    }

    [Fact]
    public async Task When_no_end_is_known_its_source_is_not_known_either()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo);

        await FetchAsync(Message with { EndedAt = null, CorpId = null });

        Assert.Null(Store.Find("conf-1")!.EndedAt);
        Assert.Null(Store.Find("conf-1")!.CorpId);
        Assert.Equal(EndedAtSource.Fallback, Store.Merged!.EndedAtSource);
    }

    [Fact]
    public async Task When_the_host_stops_nothing_is_decided()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        DingTalk.Answer(VideosPath, 200, OneVideo);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(Message, cancellationToken: stopping.Token));
        Assert.Equal(0, Store.Writes);
    }
}
