using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Azure.Messaging.ServiceBus.Amqp.Transport;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A link that receives from a queue, and settles what it received.</summary>
internal sealed class ReceiveLink : AmqpEndpoint, IDeliveryObserver
{
    /// <summary>How long to wait for further messages once the first has come.</summary>
    private static readonly TimeSpan BatchWait = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<Guid, UnsettledDelivery> _unsettled = new();
    private readonly Session _session;
    private readonly ServiceBusReceiveMode _mode;
    private ObservedReceiverLink _link;
    private LinkCredit _credit;

    private ReceiveLink(Session session, ServiceBusReceiveMode mode)
    {
        _session = session;
        _mode = mode;
    }

    public string Name => _link.Name;

    public static async Task<ReceiveLink> OpenAsync(
        AmqpConnection connection,
        string entityPath,
        string identifier,
        ServiceBusReceiveMode mode,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var session = new Session(connection.Inner);
        var opened = new ReceiveLink(session, mode);
        try
        {
            var opening = new LinkOpening(connection.Transport);
            var link = new ObservedReceiverLink(
                opened,
                session,
                $"{identifier}-{Guid.NewGuid():N}",
                new Attach
                {
                    Source = new Source { Address = entityPath },
                    Target = new Target { Address = identifier },
                    SndSettleMode = mode == ServiceBusReceiveMode.PeekLock ? SenderSettleMode.Unsettled : SenderSettleMode.Settled,
                    RcvSettleMode = mode == ServiceBusReceiveMode.PeekLock ? ReceiverSettleMode.Second : ReceiverSettleMode.First,
                    Properties = LinkOpening.PropertiesWith(timeout),
                },
                opening.OnAttached);
            var attach = await opening.WaitAsync(link, cancellationToken).ConfigureAwait(false);
            opened.Start(link, connection.Transport, attach.InitialDeliveryCount);
            return opened;
        }
        catch
        {
            Abandon(session);
            throw;
        }
    }

    /// <summary>How many messages to hold ahead of a receive.</summary>
    public void SetPrefetch(int count) => _credit.SetPrefetch(count);

    /// <summary>Waits for a first message and takes what else is there.</summary>
    /// <returns>The messages; none when none came in time.</returns>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(int maxMessages, TimeSpan maxWaitTime, CancellationToken cancellationToken)
    {
        var waiter = _credit.Register(maxMessages);
        if (waiter.Shortage > 0)
        {
            await WaitAsync(waiter.First, maxWaitTime, cancellationToken).ConfigureAwait(false);
        }

        if (waiter.Shortage > 0 && waiter.First.IsCompleted && maxWaitTime > TimeSpan.Zero)
        {
            await WaitAsync(waiter.Full, BatchWait, cancellationToken).ConfigureAwait(false);
        }

        if (cancellationToken.IsCancellationRequested && _mode == ServiceBusReceiveMode.PeekLock)
        {
            Release(await _credit.CancelAsync(waiter).ConfigureAwait(false));
            throw new TaskCanceledException(null, null, cancellationToken);
        }

        if (waiter.Shortage > 0)
        {
            await _credit.EndAsync(waiter).ConfigureAwait(false);
        }

        if (waiter.Messages.Count > 0)
        {
            // Also when it was canceled: what is received and deleted cannot be given back.
            return waiter.Messages;
        }

        Check.NotCanceled(cancellationToken);
        return waiter.Failure is { } failure ? throw failure : waiter.Messages;
    }

    /// <summary>Settles a message as the broker agrees to.</summary>
    /// <returns>Whether it was received over this link; else nothing has happened.</returns>
    /// <exception cref="ServiceBusException">The broker refuses: the lock has ended, for instance. Or the link closed before it answered.</exception>
    public async Task<bool> TrySettleAsync(Guid lockToken, Outcome outcome, CancellationToken cancellationToken)
    {
        if (!IsOpen || !_unsettled.TryGetValue(lockToken, out var delivery))
        {
            return false;
        }

        AmqpInternals.ProposeOutcome(_link, delivery.Inner, outcome);
        if (!IsOpen)
        {
            delivery.OnLinkClosed();
        }

        await delivery.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override async Task CloseAsync(CancellationToken cancellationToken)
    {
        Release(await _credit.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false));
        await base.CloseAsync(cancellationToken).ConfigureAwait(false);
        Abandon(_session);
    }

    /// <inheritdoc/>
    public void OnDelivery(IDelivery delivery)
    {
        if (_mode == ServiceBusReceiveMode.PeekLock)
        {
            // A broker that names deliveries otherwise keeps them: to settle what cannot be settled later would lose it.
            if (LockTokens.Of(delivery.Tag) is { } lockToken)
            {
                _unsettled[lockToken] = new UnsettledDelivery(delivery);
            }
        }
        else if (!delivery.Settled)
        {
            AmqpInternals.Settle(_link, delivery, new Accepted());
        }
    }

    /// <inheritdoc/>
    public void OnOutcome(IDelivery delivery)
    {
        if (LockTokens.Of(delivery.Tag) is { } lockToken && _unsettled.TryRemove(lockToken, out var unsettled))
        {
            unsettled.OnAnswer(delivery.State);
        }
    }

    protected override void OnClosed(Error error)
    {
        Abandon(_session);
        _credit.OnClosed(AmqpErrors.Closed(error));
        foreach (var (_, delivery) in _unsettled)
        {
            delivery.OnLinkClosed();
        }

        _unsettled.Clear();
    }

    private static async Task WaitAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
        => await task.WaitAsync(limit, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Start(ObservedReceiverLink link, StreamTransport transport, uint deliveryCount)
    {
        _link = link;
        _credit = new LinkCredit(link, transport, deliveryCount);
        Watch(link);
    }

    /// <summary>Gives messages that nobody has seen back to the queue, as if they had not been delivered.</summary>
    private void Release(List<Message> messages)
    {
        foreach (var message in messages)
        {
            if (IsOpen && LockTokens.Of(message.DeliveryTag) is { } lockToken && _unsettled.TryRemove(lockToken, out var delivery))
            {
                AmqpInternals.Settle(_link, delivery.Inner, new Released());
            }
        }
    }
}
