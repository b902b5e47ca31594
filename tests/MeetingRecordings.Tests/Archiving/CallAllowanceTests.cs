using MeetingRecordings.Archiving;
using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.Archiving;

public sealed class CallAllowanceTests
{
    // A quarter to midnight in China.
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 29, 15, 45, 0, TimeSpan.Zero));
    private readonly Counter _counter = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_in_China_has_so_many_calls_and_the_next_begins_at_nothing()
    {
        using var budget = new CallBudget(null, _counter, _clock);
        var allowance = new CallAllowance(budget, 3, _counter, _clock);
        await allowance.KeepAsync(2, Cancellation);
        Assert.Null(await allowance.WaitAsync(Cancellation));

        await allowance.KeepAsync(1, Cancellation);

        Assert.Equal(TimeSpan.FromMinutes(15), await allowance.WaitAsync(Cancellation));
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await allowance.WaitAsync(Cancellation));
        Assert.Equal(3, _counter.Calls["archive/2026-11-29"]);
    }

    [Fact]
    public async Task Where_nobody_can_say_or_nothing_is_set_no_call_is_held_back()
    {
        using var budget = new CallBudget(null, _counter, _clock);
        var none = new CallAllowance(budget, null, _counter, _clock);
        await none.KeepAsync(1000, Cancellation);
        Assert.Null(await none.WaitAsync(Cancellation));
        Assert.Empty(_counter.Calls);

        _counter.IsAway = true;

        Assert.Null(await new CallAllowance(budget, 1, _counter, _clock).WaitAsync(Cancellation));
    }

    [Fact]
    public async Task Manifests_come_first_when_the_month_runs_short()
    {
        using var budget = new CallBudget(10, _counter, _clock);
        var allowance = new CallAllowance(budget, null, _counter, _clock);
        _counter.Calls["2026-11"] = 8;

        Assert.NotNull(await allowance.WaitAsync(Cancellation));
        Assert.Null(await budget.WaitAsync(CallPurpose.Look, Cancellation));
    }

    private sealed class Counter : ICallCounter
    {
        public Dictionary<string, int> Calls { get; } = [];

        public bool IsAway { get; set; }

        public Task<int?> AddAsync(string period, int calls, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                return Task.FromResult<int?>(null);
            }

            var sum = Calls.GetValueOrDefault(period) + calls;
            if (calls > 0)
            {
                Calls[period] = sum;
            }

            return Task.FromResult<int?>(sum);
        }
    }
}
