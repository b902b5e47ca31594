namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A connection or link that is opened when it is first needed, and again when it is needed after it broke.</summary>
/// <param name="open">Opens one.</param>
/// <param name="timeout">How long opening may take.</param>
internal sealed class OnDemand<T>(Func<CancellationToken, Task<T>> open, TimeSpan timeout)
    where T : AmqpEndpoint
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private Task<T> _current;

    /// <summary>The one that is open; null for none.</summary>
    public T Current => _current is { IsCompletedSuccessfully: true, Result: { IsOpen: true } current } ? current : null;

    /// <summary>The one that is open, opened now if need be. Concurrent callers share one attempt, which none of them can cancel for the others.</summary>
    /// <exception cref="ObjectDisposedException">It was closed for good.</exception>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> current;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(T));
            if (_current is null || (_current.IsCompleted && Current is null))
            {
                _current = Task.Run(OpenAsync, CancellationToken.None);
            }

            current = _current;
        }

        return current.IsCompleted ? current : current.WaitAsync(cancellationToken);
    }

    /// <summary>Closes for good.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        Task<T> current;
        lock (_gate)
        {
            current = _current;
            _closing.Cancel();
        }

        if (current is null)
        {
            return;
        }

        await ((Task)current).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Current is { } opened)
        {
            await opened.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<T> OpenAsync()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        ending.CancelAfter(timeout);
        try
        {
            return await open(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !_closing.IsCancellationRequested)
        {
            throw AmqpErrors.TimedOut();
        }
    }
}
