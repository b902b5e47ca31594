namespace ServiceBusEmulator.Broker;

/// <summary>Calls back when the earliest of a queue's deadlines has come. One timer serves them all.</summary>
internal sealed class AlarmClock : IDisposable
{
    // Timers take no more than 49 days; a false alarm a day costs nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _clock;
    private readonly Action _onAlarm;
    private readonly ITimer _timer;
    private DateTimeOffset? _setFor;

    public AlarmClock(TimeProvider clock, Action onAlarm)
    {
        (_clock, _onAlarm) = (clock, onAlarm);
        _timer = clock.CreateTimer(static state => ((AlarmClock)state!)._onAlarm(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the alarm, unless it is set for an earlier moment. The caller holds the queue's lock.</summary>
    public void SetFor(params ReadOnlySpan<DateTimeOffset?> deadlines)
    {
        DateTimeOffset? earliest = null;
        foreach (var deadline in deadlines)
        {
            earliest = deadline < earliest || earliest is null ? deadline ?? earliest : earliest;
        }

        if (earliest is null)
        {
            return;
        }

        // The common case: a lock taken behind others changes nothing.
        if (_setFor <= earliest)
        {
            return;
        }

        var now = _clock.GetUtcNow();
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((earliest.Value - now).TotalMilliseconds));
        wait = wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
        _setFor = now + wait;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The alarm has rung, possibly a little early. The caller holds the queue's lock.</summary>
    public void HasRung() => _setFor = null;

    public void Dispose() => _timer.Dispose();
}
