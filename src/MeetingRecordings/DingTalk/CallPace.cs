using System.Threading.RateLimiting;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// Keeps our calls at the pace that DingTalk allows: so many a second to each API, and none while DingTalk throttles, so that
/// one call finds that out for all. Who has waited as long as <see cref="LongestWait"/> is turned away, for a message's lock is
/// held meanwhile; nobody is turned away sooner, or a whole backlog would take the turn to be turned away.
/// </summary>
internal sealed class CallPace : IDisposable
{
    /// <summary>The longest wait for a turn: 20 s, so that several of them fit into the five minutes for which a message's lock is renewed.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    // Fine enough that a window seen from any instant holds hardly more calls than it may.
    private const int SegmentsPerWindow = 10;

    private static readonly DingTalkError TooManyWait = new(TransportCodes.Paced, "Too many calls wait for their turn.", RetryAfter: LongestWait);

    private readonly TimeProvider _clock;
    private readonly Lane[] _lanes;

    /// <summary>Creates a pace.</summary>
    /// <param name="callsPerSecond">The most calls to each API in a second.</param>
    /// <param name="clock">The time.</param>
    public CallPace(double callsPerSecond, TimeProvider clock)
        : this(_ => CreateLimiter(callsPerSecond), clock)
    {
    }

    internal CallPace(Func<DingTalkApi, RateLimiter> createLimiter, TimeProvider clock)
    {
        _clock = clock;
        _lanes = [.. Enum.GetValues<DingTalkApi>().Select(api => new Lane(createLimiter(api)))];
    }

    /// <summary>Calls as soon as it is this call's turn.</summary>
    /// <typeparam name="T">The body of a good answer.</typeparam>
    /// <param name="api">What is called.</param>
    /// <param name="call">Calls it.</param>
    /// <param name="deadline">When the turn must have come; null where the longest wait is all that counts.</param>
    /// <param name="cancellationToken">Gives the call up, by an exception.</param>
    /// <returns>The call's answer; an error that says throttled where its turn is too far away.</returns>
    public async ValueTask<ApiAnswer<T>> CallAsync<T>(
        DingTalkApi api,
        Func<CancellationToken, ValueTask<ApiAnswer<T>>> call,
        Deadline? deadline,
        CancellationToken cancellationToken)
    {
        var lane = _lanes[(int)api];
        using var late = new CancellationTokenSource(Deadline.Shorten(deadline, LongestWait), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        RateLimitLease turn;
        try
        {
            await WaitOutAsync(lane, either.Token).ConfigureAwait(false);
            turn = await lane.Limiter.AcquireAsync(1, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ApiAnswer<T>.Failed(
                lane.BackOff is { } backOff && LeftOf(backOff) is var left && left > TimeSpan.Zero ? backOff.Error with { RetryAfter = left } : TooManyWait);
        }

        using (turn)
        {
            var answer = await call(cancellationToken).ConfigureAwait(false);
            Note(lane, (answer as IFailedAnswer)?.Error);
            return answer;
        }
    }

    /// <inheritdoc />
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
            await Task.Delay(left, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan LeftOf(BackOff backOff) => backOff.Until - _clock.GetUtcNow();

    private void Note(Lane lane, DingTalkError? error)
    {
        if (error?.ThrottledFor is not { } wait)
        {
            return;
        }

        var backOff = new BackOff(_clock.GetUtcNow() + wait, error);
        foreach (var affected in error.Class == ErrorClass.Banned ? _lanes : [lane])
        {
            affected.Extend(backOff);
        }
    }

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
