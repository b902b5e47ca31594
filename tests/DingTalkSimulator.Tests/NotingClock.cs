using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace DingTalkSimulator.Tests;

/// <summary>A clock that stands still, and tells of every timer that is set on it.</summary>
public sealed class NotingClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer is set for such a time, and lets that pass.</summary>
    public async Task PassAsync(TimeSpan dueTime, CancellationToken cancellationToken)
    {
        await WaitForTimerAsync(dueTime, cancellationToken);
        Advance(dueTime);
    }

    /// <summary>Waits until a timer is set for such a time.</summary>
    public async Task WaitForTimerAsync(TimeSpan dueTime, CancellationToken cancellationToken)
    {
        while (await _timers.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken) != dueTime)
        {
        }
    }
}
