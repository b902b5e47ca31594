using System.Globalization;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// Keeps the app within the calls that it may make in a calendar month, in China's time. The last fifth is kept for manifests, and the
/// last twentieth for those of recordings that DingTalk has announced. Where nobody can say how many calls were made, none is held back.
/// Safe for any number of threads.
/// </summary>
/// <remarks>
/// Instances that look at the same time do not know of each other's last calls: together they may go over the budget by what their looks
/// under way ask, a few calls for each.
/// </remarks>
/// <param name="callsPerMonth">The budget; null where there is none, and nothing is counted.</param>
/// <param name="counter">Counts across instances.</param>
/// <param name="clock">The time.</param>
public sealed class CallBudget(int? callsPerMonth, ICallCounter counter, TimeProvider clock) : IDisposable
{
    // DingTalk does not say in which time zone its months are.
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _pending;
    private CountedMonth? _counted;

    /// <summary>The budget; null where there is none.</summary>
    public int? CallsPerMonth => callsPerMonth;

    /// <summary>How long a look must wait for the next month; null where it may ask DingTalk now.</summary>
    /// <param name="purpose">What it asks for.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public async Task<TimeSpan?> WaitAsync(CallPurpose purpose, CancellationToken cancellationToken)
    {
        if (callsPerMonth is not { } limit)
        {
            return null;
        }

        var used = Counted()?.Calls ?? await AskAsync(cancellationToken);
        var reserved = purpose switch
        {
            CallPurpose.AnnouncedRecording => 0,
            CallPurpose.Look => ShareOf(limit, 20),
            _ => ShareOf(limit, 5),
        };
        return used is null || used + Volatile.Read(ref _pending) < limit - reserved ? null : UntilNextMonth();
    }

    /// <summary>The month's calls, across instances; null where nobody can say.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    public Task<int?> AskAsync(CancellationToken cancellationToken) => InTurnAsync(evenForNone: true, cancellationToken);

    /// <summary>Has the calls counted that were made since the last time. What another caller has taken along is not counted again.</summary>
    /// <param name="cancellationToken">Cancels the count; the next one takes the calls along.</param>
    public Task KeepAsync(CancellationToken cancellationToken)
        => Volatile.Read(ref _pending) == 0 ? Task.CompletedTask : InTurnAsync(evenForNone: false, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    /// <summary>Counts a call. What DingTalk refuses for its rate, and the calls for tokens, are not metered.</summary>
    internal void Count(DingTalkApi api, DingTalkError? error)
    {
        if (callsPerMonth is not null && api != DingTalkApi.Token
            && error?.Class is not (ErrorClass.Throttled or ErrorClass.ThrottledForAMinute or ErrorClass.Banned))
        {
            Interlocked.Increment(ref _pending);
        }
    }

    private async Task<int?> InTurnAsync(bool evenForNone, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return evenForNone || Volatile.Read(ref _pending) > 0 ? await AddPendingAsync(cancellationToken) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<int?> AddPendingAsync(CancellationToken cancellationToken)
    {
        var month = ThisMonth();
        var added = Interlocked.Exchange(ref _pending, 0);
        int? calls = null;
        try
        {
            calls = await counter.AddAsync(month, added, cancellationToken);
        }
        finally
        {
            if (calls is null)
            {
                Interlocked.Add(ref _pending, added);
            }
        }

        if (calls is { } known)
        {
            Volatile.Write(ref _counted, new CountedMonth(month, known));
        }

        return calls;
    }

    private static int ShareOf(int limit, int parts) => (limit + parts - 1) / parts;

    private CountedMonth? Counted() => Volatile.Read(ref _counted) is { } counted && counted.Month == ThisMonth() ? counted : null;

    private string ThisMonth() => clock.GetUtcNow().ToOffset(ChinaOffset).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private TimeSpan UntilNextMonth()
    {
        var now = clock.GetUtcNow().ToOffset(ChinaOffset);
        return new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, ChinaOffset).AddMonths(1) - now;
    }

    private sealed record CountedMonth(string Month, int Calls);
}
