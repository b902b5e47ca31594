using System.Threading.Channels;
using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Sends messages in batches of whatever is waiting at the moment (group commit): a lone message goes at once, and under
/// load each round trip to Service Bus carries all that came during the last ones. A call returns once its own message
/// has been accepted.
/// </summary>
/// <param name="sender">Sends.</param>
/// <param name="clock">The time. Default: the system's.</param>
public class BatchingSender(ServiceBusSender sender, TimeProvider? clock = null) : IAsyncDisposable
{
    /// <summary>
    /// The longest that one round trip may take: 10 s. Without it a connection that hangs would hold up all that comes after
    /// for the minutes that the client's own retries take.
    /// </summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    // So that a slow round trip does not hold up what comes after it; more would only make smaller batches.
    private const int ConcurrentBatches = 4;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Channel<PendingMessage> _waiting = Channel.CreateUnbounded<PendingMessage>();
    private readonly Lock _gate = new();
    private Task[]? _loops;

    /// <summary>Connects, so that the first message need not wait for it.</summary>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var _ = await sender.CreateMessageBatchAsync(cancellationToken);
    }

    /// <summary>Sends a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops the wait. A message that is under way may be accepted all the same.</param>
    /// <exception cref="ServiceBusException">Service Bus did not accept it.</exception>
    /// <exception cref="TimeoutException">Service Bus has not accepted it within <see cref="SendTimeout"/>.</exception>
    /// <exception cref="ObjectDisposedException">The host is stopping.</exception>
    public virtual async Task SendAsync(ServiceBusMessage message, CancellationToken cancellationToken)
    {
        Start();
        var pending = new PendingMessage(message, cancellationToken);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(pending), this);
        await pending.Accepted.WaitAsync(cancellationToken);
    }

    /// <summary>Sends what is waiting, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        Task[] loops;
        lock (_gate)
        {
            loops = _loops ?? [];
        }

        await Task.WhenAll(loops);
        GC.SuppressFinalize(this);
    }

    private void Start()
    {
        lock (_gate)
        {
            _loops ??= [.. Enumerable.Range(0, ConcurrentBatches).Select(_ => Task.Run(SendAllAsync))];
        }
    }

    private async Task SendAllAsync()
    {
        PendingMessage? next = null;
        while (next is not null || await _waiting.Reader.WaitToReadAsync())
        {
            next ??= TakeNext();
            next = next is null ? null : await SendGroupAsync(next);
        }
    }

    // Gives back the message that did not fit, for it may not go back to the end of the line.
    private async Task<PendingMessage?> SendGroupAsync(PendingMessage first)
    {
        using var timeout = new CancellationTokenSource(SendTimeout, _clock);
        var group = new List<PendingMessage>();
        PendingMessage? rest = null;
        try
        {
            using var batch = await sender.CreateMessageBatchAsync(timeout.Token);
            rest = Fill(batch, group, first);
            if (group.Count > 0)
            {
                await sender.SendMessagesAsync(batch, timeout.Token);
            }
            else if (rest is not null)
            {
                // Too large for any batch: Service Bus says so to its own caller.
                group.Add(rest);
                rest = null;
                await sender.SendMessageAsync(group[0].Message, timeout.Token);
            }

            group.ForEach(static pending => pending.Accept());
        }
        catch (Exception e)
        {
            var failure = timeout.IsCancellationRequested && e is OperationCanceledException
                ? new TimeoutException($"Service Bus has not accepted the message within {SendTimeout.TotalSeconds} s.", e)
                : e;
            // Before it was put into a group, the first stands for itself alone.
            first.Fail(failure);
            group.ForEach(pending => pending.Fail(failure));
        }

        return rest;
    }

    // Gives back the message that did not fit.
    private PendingMessage? Fill(ServiceBusMessageBatch batch, List<PendingMessage> group, PendingMessage first)
    {
        for (PendingMessage? next = first; next is not null; next = TakeNext())
        {
            try
            {
                if (!batch.TryAddMessage(next.Message))
                {
                    return next;
                }

                group.Add(next);
            }
            catch (Exception e)
            {
                // A message that cannot be encoded is its own caller's affair.
                next.Fail(e);
            }
        }

        return null;
    }

    private PendingMessage? TakeNext()
    {
        while (_waiting.Reader.TryRead(out var next))
        {
            if (!next.IsGivenUp)
            {
                return next;
            }
        }

        return null;
    }
}
