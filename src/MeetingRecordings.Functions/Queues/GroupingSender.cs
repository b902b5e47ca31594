using System.Threading.Channels;
using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Sends messages in batches of whatever is waiting at the moment (group commit): a lone message goes at once, and under
/// load each round trip to Service Bus carries all that came during the last ones. A call returns once its own message
/// has been accepted.
/// </summary>
/// <param name="sender">Sends.</param>
public sealed class GroupingSender(ServiceBusSender sender) : IAsyncDisposable
{
    // So that a slow round trip does not hold up what comes after it; more would only make smaller batches.
    private const int ConcurrentBatches = 4;

    private readonly Channel<PendingMessage> _waiting = Channel.CreateUnbounded<PendingMessage>();
    private readonly Lock _gate = new();
    private Task[]? _loops;

    /// <summary>Connects, so that the first message need not wait for it.</summary>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var _ = await sender.CreateMessageBatchAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops the wait. A message that is under way may be accepted all the same.</param>
    /// <exception cref="ServiceBusException">Service Bus did not accept it.</exception>
    public async Task SendAsync(ServiceBusMessage message, CancellationToken cancellationToken)
    {
        Start();
        var pending = new PendingMessage(message, cancellationToken);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(pending), this);
        await pending.Accepted.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what is waiting, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_loops ?? []).ConfigureAwait(false);
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
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_waiting.Reader.TryRead(out var first))
            {
                await SendGroupAsync(first).ConfigureAwait(false);
            }
        }
    }

    private async Task SendGroupAsync(PendingMessage first)
    {
        for (PendingMessage? next = first; next is not null;)
        {
            var group = new List<PendingMessage>();
            try
            {
                using var batch = await sender.CreateMessageBatchAsync(CancellationToken.None).ConfigureAwait(false);
                var rest = Fill(batch, group, next);
                if (group.Count > 0)
                {
                    next = rest;
                    await sender.SendMessagesAsync(batch, CancellationToken.None).ConfigureAwait(false);
                }
                else
                {
                    next = null;
                    if (rest is not null)
                    {
                        // Too large for any batch: Service Bus says so to its own caller.
                        group.Add(rest);
                        await sender.SendMessageAsync(rest.Message, CancellationToken.None).ConfigureAwait(false);
                    }
                }

                group.ForEach(static pending => pending.Accept());
            }
            catch (Exception e)
            {
                if (group.Count == 0)
                {
                    next?.Fail(e);
                    next = null;
                }

                group.ForEach(pending => pending.Fail(e));
            }
        }
    }

    // Gives back the message that did not fit, for it may not go back to the end of the line.
    private PendingMessage? Fill(ServiceBusMessageBatch batch, List<PendingMessage> group, PendingMessage? next)
    {
        for (; next is not null; next = _waiting.Reader.TryRead(out var read) ? read : null)
        {
            if (next.IsGivenUp)
            {
                continue;
            }

            if (!batch.TryAddMessage(next.Message))
            {
                return next;
            }

            group.Add(next);
        }

        return null;
    }
}
