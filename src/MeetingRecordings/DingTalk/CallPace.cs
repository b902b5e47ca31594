using System.Threading.RateLimiting;
using Polly;
using Polly.RateLimiting;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// Keeps our calls at the pace that DingTalk allows: so many a second to each API, and none while DingTalk throttles, so that
/// one call finds that out for all. Who would wait longer than <see cref="LongestWait"/> is turned away instead, for a message's
/// lock is held meanwhile.
/// </summary>
internal sealed class CallPace : IDisposable
{
    /// <summary>The longest wait for a turn: 5 s, so that a few of them fit into the time that a message's lock lasts.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // Fine enough that a second seen from any instant holds hardly more calls than it may.
    private const int SegmentsPerSecond = 10;

    private static readonly DingTalkError TooManyWait = new(TransportCodes.Paced, "Too many calls wait for their turn.", RetryAfter: LongestWait);

    private readonly TimeProvider _clock;
    private readonly Lane[] _lanes;

    /// <summary>Creates a pace.</summary>
    /// <param name="callsPerSecond">The most calls to each API in a second.</param>
    /// <param name="clock">The time.</param>
    public CallPace(int callsPerSecond, TimeProvider clock)
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
    /// <param name="cancellationToken">Gives the call up, by an exception.</param>
    /// <returns>The call's answer; an error that says throttled where its turn is too far away.</returns>
    public async ValueTask<ApiAnswer<T>> CallAsync<T>(
        DingTalkApi api,
        Func<CancellationToken, ValueTask<ApiAnswer<T>>> call,
        CancellationToken cancellationToken)
    {
        var lane = _lanes[(int)api];
        if (lane.BackOff is { } backOff && backOff.Until - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            // Held back a while, or a whole backlog would take the turn to be turned away.
            await Task.Delay(wait < LongestWait ? wait : LongestWait, _clock, cancellationToken).ConfigureAwait(false);
            if (wait > LongestWait)
            {
                return new ApiAnswer<T>.Failed(backOff.Error with { RetryAfter = wait - LongestWait });
            }
        }

        try
        {
            var answer = await lane.Pipeline.ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
            Note(lane, (answer as IFailedAnswer)?.Error);
            return answer;
        }
        catch (RateLimiterRejectedException)
        {
            return new ApiAnswer<T>.Failed(TooManyWait);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(_lanes, static lane => lane.Limiter.Dispose());

    private static SlidingWindowRateLimiter CreateLimiter(int callsPerSecond) => new(new SlidingWindowRateLimiterOptions
    {
        PermitLimit = callsPerSecond,
        Window = TimeSpan.FromSeconds(1),
        SegmentsPerWindow = SegmentsPerSecond,
        QueueLimit = callsPerSecond * (int)LongestWait.TotalSeconds,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

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

    private sealed class Lane
    {
        private BackOff? _backOff;

        public Lane(RateLimiter limiter)
        {
            Limiter = limiter;
            Pipeline = new ResiliencePipelineBuilder().AddRateLimiter(limiter).Build();
        }

        public RateLimiter Limiter { get; }

        public ResiliencePipeline Pipeline { get; }

        public BackOff? BackOff => Volatile.Read(ref _backOff);

        public void Extend(BackOff backOff)
        {
            for (var current = BackOff; current is null || current.Until < backOff.Until;)
            {
                var found = Interlocked.CompareExchange(ref _backOff, backOff, current);
                if (ReferenceEquals(found, current))
                {
                    return;
                }

                current = found;
            }
        }
    }
}
