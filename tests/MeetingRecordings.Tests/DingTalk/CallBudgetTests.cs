using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class CallBudgetTests : IDisposable
{
    // A quarter of an hour before the month ends in China.
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 15, 45, 0, TimeSpan.Zero));
    private readonly SharedCounter _counter = new();
    private readonly CallBudget _budget;

    public CallBudgetTests() => _budget = new CallBudget(100, _counter, _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _budget.Dispose();

    [Theory]
    [InlineData(79, CallPurpose.Archive, false)]
    [InlineData(80, CallPurpose.Archive, true)]
    [InlineData(94, CallPurpose.Look, false)]
    [InlineData(95, CallPurpose.Look, true)]
    [InlineData(95, CallPurpose.AnnouncedRecording, false)]
    [InlineData(99, CallPurpose.AnnouncedRecording, false)]
    [InlineData(100, CallPurpose.AnnouncedRecording, true)]
    public async Task The_last_fifth_is_kept_for_manifests_and_the_last_twentieth_for_those_that_DingTalk_has_announced(
        int used, CallPurpose purpose, bool waits)
    {
        _counter.Months["2026-11"] = used;

        Assert.Equal(waits ? TimeSpan.FromMinutes(15) : null, await _budget.WaitAsync(purpose, Cancellation));
    }

    [Fact]
    public async Task Calls_count_at_once_here_and_once_kept_for_every_instance()
    {
        using var other = new CallBudget(100, _counter, _clock);
        _counter.Months["2026-11"] = 94;
        Assert.Null(await _budget.WaitAsync(CallPurpose.Look, Cancellation));

        _budget.Count(DingTalkApi.GetVideos, null);

        Assert.NotNull(await _budget.WaitAsync(CallPurpose.Look, Cancellation));
        Assert.Null(await other.WaitAsync(CallPurpose.Look, Cancellation));
        await _budget.KeepAsync(Cancellation);
        await _budget.KeepAsync(Cancellation);
        Assert.Equal(95, await other.AskAsync(Cancellation));
        Assert.NotNull(await other.WaitAsync(CallPurpose.Look, Cancellation));
    }

    [Fact]
    public async Task A_new_month_in_China_begins_at_nothing()
    {
        _counter.Months["2026-11"] = 100;
        Assert.NotNull(await _budget.WaitAsync(CallPurpose.AnnouncedRecording, Cancellation));

        _clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Null(await _budget.WaitAsync(CallPurpose.Look, Cancellation));
    }

    [Fact]
    public async Task Tokens_and_what_is_refused_for_its_rate_are_not_counted()
    {
        _budget.Count(DingTalkApi.Token, null);
        _budget.Count(DingTalkApi.GetVideos, new DingTalkError("Forbidden.AccessDenied.QpsLimitForApi", "", 403));
        _budget.Count(DingTalkApi.GetVideos, new DingTalkError("systemError", "", 500));
        _budget.Count(DingTalkApi.ConferenceInfo, new DingTalkError("system.busy", "", 503));
        _budget.Count(DingTalkApi.FailedPushes, null);

        Assert.Equal(3, await _budget.AskAsync(Cancellation));
    }

    [Fact]
    public async Task Where_nobody_can_say_no_call_is_held_back_and_none_is_forgotten()
    {
        _counter.IsAway = true;
        for (var call = 0; call < 100; call++)
        {
            _budget.Count(DingTalkApi.GetVideos, null);
        }

        await _budget.KeepAsync(Cancellation);
        Assert.Null(await _budget.WaitAsync(CallPurpose.Look, Cancellation));

        _counter.IsAway = false;
        Assert.Equal(100, await _budget.AskAsync(Cancellation));
        Assert.NotNull(await _budget.WaitAsync(CallPurpose.Look, Cancellation));
    }

    [Fact]
    public async Task Without_a_budget_nothing_is_counted_or_asked()
    {
        using var none = new CallBudget(null, _counter, _clock);
        none.Count(DingTalkApi.GetVideos, null);

        await none.KeepAsync(Cancellation);

        Assert.Null(await none.WaitAsync(CallPurpose.Look, Cancellation));
        Assert.Equal(0, _counter.Asked);
    }

    [Fact]
    public async Task Many_at_once_are_counted_with_few_writes()
    {
        _counter.Gate = new TaskCompletionSource();
        _budget.Count(DingTalkApi.GetVideos, null);
        var first = _budget.KeepAsync(Cancellation);
        var others = Enumerable.Range(0, 20).Select(_ =>
        {
            _budget.Count(DingTalkApi.GetVideos, null);
            return _budget.KeepAsync(Cancellation);
        }).ToList();

        _counter.Gate.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal((21, 2), (_counter.Months["2026-11"], _counter.Asked));
    }

    private sealed class SharedCounter : ICallCounter
    {
        public Dictionary<string, int> Months { get; } = [];

        public bool IsAway { get; set; }

        public int Asked { get; private set; }

        public TaskCompletionSource? Gate { get; set; }

        public async Task<int?> AddAsync(string month, int calls, CancellationToken cancellationToken)
        {
            Asked++;
            await (Gate?.Task ?? Task.CompletedTask);
            return IsAway ? null : Months[month] = Months.GetValueOrDefault(month) + calls;
        }
    }
}
