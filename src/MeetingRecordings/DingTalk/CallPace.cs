using System.Threading.RateLimiting;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// Keeps our calls at the pace that DingTalk allows: so many a second to each API, and none while DingTalk throttles, so that
/// one call finds that out for all. A call that has waited as long as <see cref="LongestWait"/> is turned away, for a message's
/// lock is held meanwhile; none is turned away sooner, or a whole backlog would take turns at being turned away.
/// </summary>
internal sealed class CallPace : IDisposable
{
    /// <summary>The longest wait for a turn: 20 s, so that a look with one still ends within its time.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    // Fine enough that a window seen from any instant holds hardly more calls than it may.
    private const int SegmentsPerWindow = 10;

    private static readonly DingTalkError TooManyWait =
        new(TransportCodes.Paced, "Too many calls wait for their turn.", RetryAfter: LongestWait);

    private readonly TimeProvider _clock;
    private readonly Lane[] _lanes;

    public CallPace(double callsPerSecond, TimeProvider clock)
        : this(_ => CreateLimiter(callsPerSecond), clock)
    {
    }

    internal CallPace(Func<DingTalkApi, RateLimiter> createLimiter, TimeProvider clock)
    {
        _clock = clock;
        _lanes = [.. Enum.GetValues<DingTalkApi>().Select(api => new Lane(createLimiter(api)))];
    }

    /// <summary>Waits until it is this call's turn.</summary>
    /// <returns>Null; an error that says throttled where the turn is too far away.</returns>
    public async ValueTask<DingTalkError?> WaitForTurnAsync(DingTalkApi api, CancellationToken cancellationToken)
    {
        var lane = _lanes[(int)api];
        using var late = new CancellationTokenSource(LongestWait, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await WaitOutAsync(lane, either.Token);
            using var turn = await lane.Limiter.AcquireAsync(1, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return lane.BackOff is { } backOff && LeftOf(backOff) is var left && left > TimeSpan.Zero
                ? backOff.Error with { RetryAfter = left }
                : TooManyWait;
        }
    }

    /// <summary>Notes what a call was answered: a throttled one holds up the calls after it, and a ban those of every API.</summary>
    public void Note(DingTalkApi api, DingTalkError? error)
    {
        if (error?.ThrottledFor is not { } wait)
        {
            return;
        }

        var backOff = new BackOff(_clock.GetUtcNow() + wait, error);
        foreach (var affected in error.Class == ErrorClass.Banned ? _lanes : [_lanes[(int)api]])
        {
            affected.Extend(backOff);
        }
    }

    public void Dispose() => Array.ForEach(_lanes, static lane => lane.Limiter.Dispose());

    private static SlidingWindowRateLimiter CreateLimiter(double callsPerSecond)
    {
        // The window is a second, or what holds whole calls.
        var permits = Math.Max(1, (int)callsPerSecond);
        return new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromSeconds(permits / callsPerSecond),
            SegmentsPerWindow = SegmentsPerWindow,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    private async Task WaitOutAsync(Lane lane, CancellationToken cancellationToken)
    {
        // It may have been lengthened meanwhile.
        while (lane.BackOff is { } backOff && LeftOf(backOff) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, _clock, cancellationToken);
        }
    }

    private TimeSpan LeftOf(BackOff backOff) => backOff.Until - _clock.GetUtcNow();

    private sealed record BackOff(DateTimeOffset Until, DingTalkError Error);

    private sealed class Lane(RateLimiter limiter)
    {
        private BackOff? _backOff;

        public RateLimiter Limiter => limiter;

        public BackOff? BackOff => Volatile.Read(ref _backOff);

        public void Extend(BackOff backOff)
        {
            for (var current = BackOff; current is null || current.Until < backOff.Until; current = BackOff)
            {
                Interlocked.CompareExchange(ref _backOff, backOff, current);
            }
        }
    }
}
