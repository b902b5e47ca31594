using System.Threading.RateLimiting;
using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class CallPaceTests : IDisposable
{
    private static readonly DingTalkError Qps = new("Forbidden.AccessDenied.QpsLimitForApi", "slower", 403);
    private static readonly DingTalkError Qpm = new("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", "slower", 403);
    private static readonly DingTalkError Ban = new(TransportCodes.IpBan, "banned", 403);

    private const int Turns = 100;

    private readonly FakeTimeProvider _clock = new();

    // A hundred turns of each API, and as many more whenever a test says so.
    private readonly Dictionary<DingTalkApi, FixedWindowRateLimiter> _limiters = Enum.GetValues<DingTalkApi>().ToDictionary(
        static api => api,
        static _ => new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions
        {
            PermitLimit = Turns,
            QueueLimit = int.MaxValue,
            Window = TimeSpan.FromTicks(1),
            AutoReplenishment = false,
        }));

    private readonly CallPace _pace;
    private int _calls;

    public CallPaceTests() => _pace = new CallPace(api => _limiters[api], _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _pace.Dispose();

    [Fact]
    public async Task A_call_waits_for_its_turn()
    {
        await UseUpAsync(DingTalkApi.GetVideos);

        var waiting = CallAsync(DingTalkApi.GetVideos);
        Assert.Equal(2, _calls);

        _limiters[DingTalkApi.GetVideos].TryReplenish();
        await waiting;
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task Who_has_waited_too_long_for_a_turn_is_throttled_without_a_call()
    {
        await UseUpAsync(DingTalkApi.GetVideos);
        var waiting = CallAsync(DingTalkApi.GetVideos);

        _clock.Advance(CallPace.LongestWait - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var refused = Assert.IsType<ApiAnswer<string>.Failed>(await waiting).Error!;
        Assert.Equal(
            (TransportCodes.Paced, ErrorClass.Throttled, (TimeSpan?)CallPace.LongestWait), (refused.Code, refused.Class, refused.RetryAfter));
        Assert.Equal("Too many calls wait for their turn.", refused.Message);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Each_api_has_turns_of_its_own()
    {
        await UseUpAsync(DingTalkApi.GetVideos);

        Assert.IsType<ApiAnswer<string>.Ok>(await CallAsync(DingTalkApi.ConferenceInfo));
    }

    [Fact]
    public async Task After_a_throttled_call_every_call_to_that_api_waits_a_second()
    {
        await FailAsync(DingTalkApi.GetVideos, Qps);

        var waiting = Enumerable.Range(0, 3).Select(_ => CallAsync(DingTalkApi.GetVideos)).ToArray();
        Assert.Equal(1, _calls);
        Assert.IsType<ApiAnswer<string>.Ok>(await CallAsync(DingTalkApi.ConferenceInfo));
        Assert.Equal(2, _calls);

        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(2, _calls);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(waiting);
        Assert.Equal(5, _calls);
    }

    [Fact]
    public async Task A_wait_beyond_the_bound_is_answered_as_throttled_with_what_is_left_of_it_and_DingTalk_is_not_asked()
    {
        await FailAsync(DingTalkApi.GetVideos, Qpm);
        var refused = CallAsync(DingTalkApi.GetVideos);
        Assert.False(refused.IsCompleted);

        _clock.Advance(CallPace.LongestWait);

        var error = Assert.IsType<ApiAnswer<string>.Failed>(await refused).Error!;
        Assert.Equal((Qpm.Code, (TimeSpan?)TimeSpan.FromSeconds(40)), (error.Code, error.RetryAfter));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_ban_of_our_address_stops_the_calls_to_every_api()
    {
        await FailAsync(DingTalkApi.Token, Ban);

        var refused = Enum.GetValues<DingTalkApi>().Select(CallAsync).ToArray();
        _clock.Advance(CallPace.LongestWait);

        Assert.All(await Task.WhenAll(refused), static answer => Assert.Equal(
            (TransportCodes.IpBan, (TimeSpan?)TimeSpan.FromSeconds(280)),
            (Assert.IsType<ApiAnswer<string>.Failed>(answer).Error!.Code, ((ApiAnswer<string>.Failed)answer).Error!.RetryAfter)));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_shorter_throttle_does_not_end_a_longer_one()
    {
        var late = new TaskCompletionSource<ApiAnswer<string>>();
        var underWay = CallAsync(DingTalkApi.GetVideos, late.Task);
        await FailAsync(DingTalkApi.GetVideos, Qpm);
        late.SetResult(new ApiAnswer<string>.Failed(Qps));
        await underWay;

        var refused = CallAsync(DingTalkApi.GetVideos);
        _clock.Advance(CallPace.LongestWait);

        Assert.Equal(Qpm.Code, Assert.IsType<ApiAnswer<string>.Failed>(await refused).Error!.Code);
    }

    [Fact]
    public async Task A_throttle_that_comes_during_the_wait_lengthens_it()
    {
        var late = new TaskCompletionSource<ApiAnswer<string>>();
        var underWay = CallAsync(DingTalkApi.GetVideos, late.Task);
        await FailAsync(DingTalkApi.GetVideos, Qps);
        var waiting = CallAsync(DingTalkApi.GetVideos);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        late.SetResult(new ApiAnswer<string>.Failed(Qps));
        await underWay;

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.IsType<ApiAnswer<string>.Ok>(await waiting);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(36000, 3600)]
    public async Task What_DingTalk_asks_for_is_waited_for_up_to_an_hour(int asked, int waited)
    {
        await FailAsync(DingTalkApi.GetVideos, Qps with { RetryAfter = TimeSpan.FromSeconds(asked) });

        _clock.Advance(TimeSpan.FromSeconds(waited) - TimeSpan.FromMilliseconds(1));
        var waiting = CallAsync(DingTalkApi.GetVideos);
        Assert.Equal(1, _calls);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.IsType<ApiAnswer<string>.Ok>(await waiting);
    }

    [Fact]
    public async Task A_fault_holds_nobody_back()
    {
        await FailAsync(DingTalkApi.GetVideos, new DingTalkError("systemError", "it broke", 500));

        Assert.IsType<ApiAnswer<string>.Ok>(await CallAsync(DingTalkApi.GetVideos));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_let_go()
    {
        await FailAsync(DingTalkApi.GetVideos, Qpm);
        using var impatient = new CancellationTokenSource();
        var waiting = _pace.WaitForTurnAsync(DingTalkApi.GetVideos, impatient.Token).AsTask();

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private async Task UseUpAsync(DingTalkApi api)
    {
        _limiters[api].AttemptAcquire(Turns - 2);
        await CallAsync(api);
        await CallAsync(api);
    }

    private Task<ApiAnswer<string>> CallAsync(DingTalkApi api) => CallAsync(api, Task.FromResult<ApiAnswer<string>>(new ApiAnswer<string>.Ok("")));

    private Task<ApiAnswer<string>> FailAsync(DingTalkApi api, DingTalkError error) => CallAsync(api, Task.FromResult<ApiAnswer<string>>(new ApiAnswer<string>.Failed(error)));

    // As the caller over HTTP does it.
    private async Task<ApiAnswer<string>> CallAsync(DingTalkApi api, Task<ApiAnswer<string>> answer)
    {
        if (await _pace.WaitForTurnAsync(api, Cancellation) is { } noTurn)
        {
            return new ApiAnswer<string>.Failed(noTurn);
        }

        Interlocked.Increment(ref _calls);
        var answered = await answer;
        _pace.Note(api, answered.Error);
        return answered;
    }
}
