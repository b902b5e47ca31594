using System.Globalization;

namespace DingTalkSimulator.Metering;

/// <summary>
/// Counts calls and events by the calendar month, and stops both at the limits of <see cref="TenantTraits"/>. Safe for any number of
/// threads.
/// </summary>
/// <remarks>
/// Source: DingTalk open platform, "Call frequency and throttling" and its lists of what does not count. Documented: months are calendar
/// months; the token of an internal app, and what is refused for its rate, do not count; beyond the limit calls get an error and events
/// stop until the month is over. Not documented: the time zone, and whether retries of a push count; here they do not.
/// </remarks>
public sealed class MonthMeter
{
    private readonly Lock _gate = new();
    private readonly List<MeteredMonth> _months = [];
    private readonly TimeProvider _clock;
    private readonly Func<TenantTraits> _traits;

    internal MonthMeter(TimeProvider clock, Func<TenantTraits> traits)
    {
        (_clock, _traits) = (clock, traits);
    }

    /// <summary>The month of now.</summary>
    public MeteredMonth Current
    {
        get
        {
            lock (_gate)
            {
                return This;
            }
        }
    }

    /// <summary>Every month in which something was counted, the oldest first.</summary>
    public IReadOnlyList<MeteredMonth> Months
    {
        get
        {
            lock (_gate)
            {
                return [.. _months];
            }
        }
    }

    private MeteredMonth This
    {
        get
        {
            var month = _clock.GetUtcNow().ToOffset(_traits().MonthUtcOffset).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            return _months.Find(known => known.Month == month) ?? new MeteredMonth(month, 0, 0, 0, 0);
        }
    }

    /// <summary>Forgets what was counted.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _months.Clear();
        }
    }

    /// <summary>Whether an operation counts.</summary>
    internal static bool Counts(ApiOperation operation) => operation is not (ApiOperation.AccessToken or ApiOperation.Unknown);

    /// <summary>Counts a call, unless the limit is reached.</summary>
    /// <returns>Whether the call may be answered.</returns>
    internal bool TryCountCall()
    {
        lock (_gate)
        {
            var (month, limit) = (This, _traits().CallsPerMonth);
            var allowed = limit == 0 || month.Calls < limit;
            Keep(allowed ? month with { Calls = month.Calls + 1 } : month with { CallsRefused = month.CallsRefused + 1 });
            return allowed;
        }
    }

    /// <summary>Counts an event, unless the limit is reached.</summary>
    /// <returns>Whether the event may be pushed.</returns>
    internal bool TryCountEvent()
    {
        lock (_gate)
        {
            var (month, limit) = (This, _traits().EventsPerMonth);
            var allowed = limit == 0 || month.Events < limit;
            Keep(allowed ? month with { Events = month.Events + 1 } : month with { EventsStopped = month.EventsStopped + 1 });
            return allowed;
        }
    }

    private void Keep(MeteredMonth month)
    {
        var index = _months.FindIndex(known => known.Month == month.Month);
        if (index < 0)
        {
            _months.Add(month);
        }
        else
        {
            _months[index] = month;
        }
    }
}
