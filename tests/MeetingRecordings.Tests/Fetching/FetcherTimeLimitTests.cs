using System.Net;
using MeetingRecordings.Fetching;
using MeetingRecordings.Tests.DingTalk;

namespace MeetingRecordings.Tests.Fetching;

public sealed class FetcherTimeLimitTests : FetcherTest
{
    [Fact]
    public async Task When_DingTalk_answers_slowly_the_look_is_over_within_half_a_message_lock_and_what_it_learned_is_kept()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath);
        Slowly(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"token-1","expireIn":7200}""");
        Slowly(UserPath("stranger"), 400, UnknownUser);
        Slowly(ConferencePath, 200, RecordedInfo);
        Slowly(UserPath("owner"), 400, UnknownUser);
        Slowly(UserPath("creator"), 200, OneVideo);

        var result = await FetchAsync(Message with { UnionId = "stranger" });

        var error = Assert.IsType<LookOutcome.Failed>(result.Outcome).Error;
        Assert.Equal(("client.timeout", "No whole answer within 30 s."), (error.Code, error.Message));
        var again = Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        Assert.Equal(["stranger", "owner"], again.Lineage.RefusedUnionIds);
        Assert.True(again.Lineage.RecordingConfirmed);
        AssertCalls("getVideos stranger", "info", "getVideos owner", "getVideos creator");
    }

    [Fact]
    public async Task When_DingTalk_hangs_the_look_is_over_within_half_a_message_lock_with_all_its_tries()
    {
        Options = Options with { QuickRetries = 9, QuickRetryDelay = TimeSpan.Zero, CallTimeout = TimeSpan.FromSeconds(6) };
        DingTalk.Gate = new TaskCompletionSource().Task;

        var look = FetchAsync(Message);
        while (!look.IsCompleted)
        {
            // Either the next try has come, or the look is over.
            await Task.WhenAny(DingTalk.Arrivals.WaitAsync(Cancellation), look);
            Clock.Advance(look.IsCompleted ? TimeSpan.Zero : Options.CallTimeout);
        }

        Assert.Equal("client.timeout", Assert.IsType<LookOutcome.Failed>((await look).Outcome).Error.Code);
        Assert.Equal(TimeSpan.FromSeconds(30), Clock.GetUtcNow() - Now);
    }

    [Theory]
    [InlineData(200, OneVideo)]
    [InlineData(400, NotFound)]
    public async Task When_the_store_hangs_the_look_is_over_before_a_message_lock_is(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, NeverRecordedInfo);
        Store.Hangs = true;

        var look = FetchAsync(Message);
        await Store.Asked.WaitAsync(Cancellation);
        Clock.Advance(ManifestKeeper.LongestStoring);

        var error = Assert.IsType<LookOutcome.NotStored>((await look).Outcome).Failure;
        Assert.Equal(("manifestStore.timeout", "Blob Storage has not answered within 20 s."), (error.Code, error.Message));
        Assert.True(RecordingFinder.LongestAsking + ManifestKeeper.LongestStoring < TimeSpan.FromMinutes(1));
    }

    private void Slowly(string path, int status, string body) => DingTalk.Answer(path, _ =>
    {
        Clock.Advance(TimeSpan.FromSeconds(7));
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
    });
}
