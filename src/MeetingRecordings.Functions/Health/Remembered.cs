namespace MeetingRecordings.Functions.Health;

/// <summary>An answer that costs something, asked for at most once in a while, however many want it.</summary>
/// <param name="ask">Asks.</param>
/// <param name="goodFor">How long an answer is good, from when it was asked for.</param>
/// <param name="clock">The time.</param>
internal sealed class Remembered<T>(Func<Task<T>> ask, TimeSpan goodFor, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task<T>? _answer;
    private long _startedAt;

    /// <summary>Asks, or gives the last answer while it is good.</summary>
    /// <param name="cancellationToken">Stops the wait, not the question, for whose answer others may wait too.</param>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_answer is null || (_answer.IsCompleted && clock.GetElapsedTime(_startedAt) >= goodFor))
            {
                _startedAt = clock.GetTimestamp();
                _answer = Task.Run(ask, CancellationToken.None);
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The same, for at most three seconds: then, nothing.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<T?> TryGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(cancellationToken).WaitAsync(LongestWait, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return default;
        }
    }
}
