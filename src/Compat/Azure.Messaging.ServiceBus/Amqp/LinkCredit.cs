using Amqp;
using Azure.Messaging.ServiceBus.Amqp.Transport;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>
/// Who wants messages of a receiving link, what has come, and the credit that lets the broker send more. No more credit is
/// out than is wanted; what is out in excess is drained.
/// </summary>
internal sealed class LinkCredit
{
    /// <summary>A broker answers a drain at once. For one that does not, the credit stays out.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ReceiverLink _link;
    private readonly StreamTransport _transport;
    private readonly LinkedList<ReceiveWaiter> _waiters = [];
    private readonly LinkedList<Message> _buffer = [];
    private uint _deliveryCount;
    private int _prefetch;
    private int _outstanding;
    private bool _stopped;
    private bool _drainUnanswered;
    private TaskCompletionSource _drained;
    private Exception _failure;

    /// <summary>Starts to take messages of a link, none so far.</summary>
    /// <param name="link">The link.</param>
    /// <param name="transport">What it is read from.</param>
    /// <param name="deliveryCount">The count of deliveries that the broker starts with.</param>
    public LinkCredit(ReceiverLink link, StreamTransport transport, uint deliveryCount)
    {
        _link = link;
        _transport = transport;
        _deliveryCount = deliveryCount;
        link.Start(0, (_, message) => OnMessage(message));
        AmqpInternals.TakeAnything(link);
    }

    /// <summary>How many messages to hold ahead of a receive.</summary>
    public void SetPrefetch(int count)
    {
        lock (_gate)
        {
            if (_prefetch != count)
            {
                _prefetch = count;
                Issue();
            }
        }
    }

    /// <summary>Takes what has come and asks for what is short.</summary>
    public ReceiveWaiter Register(int maxMessages)
    {
        var waiter = new ReceiveWaiter(maxMessages);
        lock (_gate)
        {
            while (waiter.Shortage > 0 && _buffer.First is { } oldest)
            {
                _buffer.RemoveFirst();
                waiter.Add(oldest.Value);
            }

            if (_failure is not null)
            {
                waiter.Fail(_failure);
            }
            else if (waiter.Shortage > 0)
            {
                _waiters.AddLast(waiter);
            }

            Issue();
        }

        return waiter;
    }

    /// <summary>Ends a wait; it keeps what it has and what comes until the broker has taken note.</summary>
    public async Task EndAsync(ReceiveWaiter waiter)
    {
        Task drain;
        lock (_gate)
        {
            waiter.IsEnding = true;
            drain = DrainExcess();
        }

        await drain.ConfigureAwait(false);
        lock (_gate)
        {
            _waiters.Remove(waiter);
        }
    }

    /// <summary>Ends a wait that gave up. What it has goes to the other waiters.</summary>
    /// <returns>The messages that nobody wants.</returns>
    public async Task<List<Message>> CancelAsync(ReceiveWaiter waiter)
    {
        Task drain;
        lock (_gate)
        {
            _waiters.Remove(waiter);
            for (var i = waiter.Messages.Count - 1; i >= 0; i--)
            {
                _buffer.AddFirst(waiter.Messages[i]);
            }

            waiter.Messages.Clear();
            Distribute();
            drain = DrainExcess();
        }

        await drain.ConfigureAwait(false);
        lock (_gate)
        {
            return TakeSurplus(_prefetch);
        }
    }

    /// <summary>Takes no more.</summary>
    /// <returns>All that has come and that nobody has taken.</returns>
    public async Task<List<Message>> StopAsync()
    {
        Task drain;
        lock (_gate)
        {
            _stopped = true;
            drain = DrainExcess();
        }

        await drain.ConfigureAwait(false);
        lock (_gate)
        {
            return TakeSurplus(0);
        }
    }

    /// <summary>Ends all waits.</summary>
    public void OnClosed(Exception failure)
    {
        lock (_gate)
        {
            _failure = failure;
            foreach (var waiter in _waiters)
            {
                waiter.Fail(failure);
            }

            _waiters.Clear();
            EndDrain();
        }
    }

    private void OnMessage(Message message)
    {
        lock (_gate)
        {
            _deliveryCount++;
            _outstanding = Math.Max(0, _outstanding - 1);
            _buffer.AddLast(message);
            Distribute();
        }
    }

    private List<Message> TakeSurplus(int kept)
    {
        var surplus = new List<Message>();
        while (_buffer.Count > kept)
        {
            surplus.Add(_buffer.Last.Value);
            _buffer.RemoveLast();
        }

        return surplus;
    }

    private void Distribute()
    {
        while (_buffer.First is { } oldest && _waiters.First is { } waiter)
        {
            _buffer.RemoveFirst();
            waiter.Value.Add(oldest.Value);
            if (waiter.Value.Shortage == 0)
            {
                _waiters.RemoveFirst();
            }
        }
    }

    private int Wanted()
    {
        if (_stopped)
        {
            return 0;
        }

        var wanted = _prefetch;
        foreach (var waiter in _waiters)
        {
            wanted += waiter.IsEnding ? 0 : waiter.Shortage;
        }

        return wanted;
    }

    private void Issue()
    {
        var wanted = Wanted();
        var missing = wanted - _outstanding - _buffer.Count;

        // While somebody waits every credit counts. Credit that only refills the buffer goes out by halves of it.
        var waits = wanted - _prefetch > _outstanding;
        if (_drained is null && _failure is null && missing > 0 && (waits || missing * 2 >= _prefetch))
        {
            _outstanding += missing;
            AmqpInternals.SendFlow(_link, _deliveryCount, (uint)_outstanding, drain: false);
        }
    }

    private Task DrainExcess()
    {
        if (_drained is null && !_drainUnanswered && _failure is null && _outstanding > 0 && _outstanding + _buffer.Count > Wanted())
        {
            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _transport.Reading += OnReading;
            AmqpInternals.SendFlow(_link, _deliveryCount, (uint)_outstanding, drain: true);
            _ = WatchDrainAsync(_drained.Task);
        }

        return _drained?.Task ?? Task.CompletedTask;
    }

    /// <summary>Looks, on the thread that reads the connection and between two frames, whether a drain has been answered.</summary>
    private void OnReading()
    {
        lock (_gate)
        {
            if ((_drained is not null || _drainUnanswered) && AmqpInternals.HasDrained(_link, out var deliveryCount))
            {
                _deliveryCount = deliveryCount;
                EndDrain();
            }
        }
    }

    private void EndDrain()
    {
        if (_drained is null && !_drainUnanswered)
        {
            return;
        }

        var drained = _drained;
        _drained = null;
        _drainUnanswered = false;
        _outstanding = 0;
        _transport.Reading -= OnReading;
        drained?.TrySetResult();
        Issue();
    }

    /// <summary>
    /// What a broker that does not answer still sends is kept for the next receive, and given back when the link closes. Its
    /// answer may also just be late.
    /// </summary>
    private async Task WatchDrainAsync(Task drained)
    {
        await drained.WaitAsync(DrainTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (_drained is { } unanswered && unanswered.Task == drained)
            {
                _drained = null;
                _drainUnanswered = true;
                unanswered.TrySetResult();
                Issue();
            }
        }
    }
}
