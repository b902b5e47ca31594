using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// A link on which a client receives from a queue. Messages are pushed by a work item that runs one at a time, so that nothing
/// of ours is ever called or locked while AMQPNetLite holds its locks.
/// </summary>
internal sealed class ConsumerLink : LinkEndpoint, IConsumer, IThreadPoolWorkItem
{
    private readonly ListenerLink _link;
    private readonly MessageQueue _queue;
    private readonly ReceiveMode _mode;
    private readonly Settlements _settlements;
    private readonly FaultScript _faults;
    private readonly LinkActivity _activity;
    private readonly SendBudget _budget;
    private readonly Lock _creditLock = new();
    private int _credit;
    private int _signals;
    private bool _draining;
    private Guid _withheld;
    private volatile bool _closed;

    public ConsumerLink(ListenerLink link, MessageQueue queue, ReceiveMode mode, FaultScript faults, LinkActivity activity)
    {
        (_link, _queue, _mode, _faults, _activity) = (link, queue, mode, faults, activity);
        _settlements = new Settlements(queue, faults);
        _budget = PeerConnection.Of(link).Transport.Budget;
        link.AddClosedCallback(OnClosed);
    }

    public void Wake()
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public void Execute()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _signals);
            Push();
        }
        while (Interlocked.Add(ref _signals, -seen) != 0);
    }

    public override void OnFlow(FlowContext flowContext)
    {
        _activity.Note();
        lock (_creditLock)
        {
            _credit = Math.Max(0, _credit + flowContext.Messages);
            _draining = _link.IsDraining;
            if (flowContext.Messages <= 0 && _draining)
            {
                // AMQPNetLite has taken the credit back, and there was nothing to use it for.
                _credit = 0;
            }
            else if (flowContext.Messages <= 0 && _credit > 0 && !_closed)
            {
                // AMQPNetLite takes a flow that grants nothing new for one that takes everything back: put its count right.
                _link.SetCredit(_credit, drain: false, autoRestore: false);
            }
        }

        Wake();
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        if (dispositionContext.Message is not OutgoingMessage { LockToken: var token } message || token == Guid.Empty)
        {
            return;
        }

        if (!_closed)
        {
            _activity.Note();
            _settlements.Settle(_link, message, dispositionContext.DeliveryState, dispositionContext.Settled);
        }
        else if (_faults.LoseLocksOfGoneClients)
        {
            // When a link ends, AMQPNetLite reports everything unsettled as released. Service Bus leaves it locked.
            _queue.LoseLock(token);
        }
    }

    private void OnClosed(IAmqpObject sender, Error error)
    {
        _closed = true;
        _queue.StopWaiting(this);
        Guid withheld;
        lock (_creditLock)
        {
            withheld = _withheld;
        }

        if (_faults.LoseLocksOfGoneClients)
        {
            _queue.LoseLock(withheld);
        }

        // If it was woken for a message that it cannot take any more, another must be.
        Wake();
    }

    private void Push()
    {
        while (HasCredit() && _budget.HasRoom(whoWaits: this) && _queue.TryTake(_mode, whoWaits: this, out var message))
        {
            UseCredit();
            if (!GoesOn(message.LockToken))
            {
                PeerConnection.Of(_link).Transport.Cut();
                break;
            }

            if (!TrySend(message))
            {
                break;
            }
        }

        if (_closed)
        {
            _queue.StopWaiting(this);
        }

        CompleteDrain();
        _queue.WakeConsumers();
    }

    private bool HasCredit()
    {
        lock (_creditLock)
        {
            return !_closed && _credit > 0;
        }
    }

    // Only for a message that is there: a flow that comes while credit is out on trial would be counted wrong. One thread pushes at a time.
    private void UseCredit()
    {
        lock (_creditLock)
        {
            _credit = Math.Max(0, _credit - 1);
        }
    }

    // The link may end while the interceptor is at it; what is locked then is no delivery of AMQPNetLite's yet.
    private bool GoesOn(Guid lockToken)
    {
        if (_faults.Interceptor is null)
        {
            return true;
        }

        lock (_creditLock)
        {
            _withheld = lockToken;
        }

        var goesOn = _faults.GoesOn(_queue, QueueOperation.Deliver, ExchangeSide.After);
        lock (_creditLock)
        {
            _withheld = goesOn ? Guid.Empty : lockToken;
        }

        return goesOn;
    }

    private bool TrySend(in MessageSnapshot message)
    {
        try
        {
            _activity.Note();
            var encoded = MessageEncoder.Encode(message);
            _budget.Spend(encoded.Length);
            _link.SendMessage(new OutgoingMessage { LockToken = message.LockToken }, encoded);
            return true;
        }
        catch (Exception exception) when (exception is AmqpException or ObjectDisposedException)
        {
            // The link or its connection has just ended. A message that was to be deleted on receipt is lost, as in Azure.
            _queue.Release(message.LockToken);
            return false;
        }
    }

    private void CompleteDrain()
    {
        lock (_creditLock)
        {
            if (_closed || !_draining)
            {
                return;
            }

            _credit = 0;
            _draining = false;
            try
            {
                // AMQPNetLite's own answer says drain=false; Microsoft's JavaScript client waits for one that says true. There
                // must be one answer only: a second one would end the client's next drain before its time.
                _link.SetCredit(0, drain: true, autoRestore: false);
            }
            catch (AmqpException)
            {
                // The link has just ended.
            }
        }
    }
}
