using Amqp;
using Amqp.Framing;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A connection or link: open until one of the two sides closes it, and never open again.</summary>
internal abstract class AmqpEndpoint
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private AmqpObject _inner;

    public bool IsOpen => !_inner.IsClosed;

    /// <summary>Canceled once it is closed.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Closes it and waits for the peer's answer, for some seconds at most.</summary>
    public virtual Task CloseAsync(CancellationToken cancellationToken) => CloseAsync(_inner, cancellationToken);

    protected static async Task CloseAsync(AmqpObject target, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        target.AddClosedCallback((_, _) => closed.TrySetResult());
        Abandon(target);
        await closed.Task.WaitAsync(CloseTimeout, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Says that it is closed, without waiting for an answer.</summary>
    internal static void Abandon(AmqpObject target)
    {
        try
        {
            target.Close(TimeSpan.Zero);
        }
        catch (Exception exception) when (exception is AmqpException or ObjectDisposedException)
        {
            // The other side closed it first.
        }
    }

    /// <summary>Starts to watch for the end.</summary>
    protected void Watch(AmqpObject inner)
    {
        _inner = inner;

        // The callback runs under the library's locks, which what is told of the end may want in another order.
        inner.AddClosedCallback((closed, error) => ThreadPool.UnsafeQueueUserWorkItem(
            static state =>
            {
                state.Endpoint.OnClosed(state.Error);
                state.Endpoint._closed.Cancel();
            },
            (Endpoint: this, Error: error ?? closed.Error),
            preferLocal: false));
    }

    /// <summary>Is called once, after the end.</summary>
    /// <param name="error">Why; may be null.</param>
    protected virtual void OnClosed(Error error)
    {
    }
}
