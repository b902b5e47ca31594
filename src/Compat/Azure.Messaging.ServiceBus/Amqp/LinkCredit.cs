using Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>
/// Who wants messages of a receiving link, what has come, and the credit that lets the broker send more. No more credit is
/// out than is wanted; what is out in excess is drained.
/// </summary>
internal sealed class LinkCredit(ReceiverLink link, Func<Task> nextRead)
{
    /// <summary>The broker answers a drain at once. One that does not would go on sending.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<ReceiveWaiter> _waiters = [];
    private readonly LinkedList<Message> _buffer = [];
    private int _prefetch;
    private int _outstanding;
    private Task _drain;
    private Exception _failure;

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

    /// <summary>Handles a message that has come.</summary>
    public void OnMessage(Message message)
    {
        lock (_gate)
        {
            _outstanding = Math.Max(0, _outstanding - 1);
            _buffer.AddLast(message);
            Distribute();
        }
    }

    /// <summary>Gives up all that has come and that nobody has taken.</summary>
    public List<Message> TakeBuffered()
    {
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
        if (_drain is null && _failure is null && missing > 0 && (waits || missing * 2 >= _prefetch))
        {
            _outstanding += missing;
            link.SetCredit(missing, CreditMode.Manual);
        }
    }

    private Task DrainExcess()
    {
        if (_drain is null && _failure is null && _outstanding > 0 && _outstanding + _buffer.Count > Wanted())
        {
            link.SetCredit(_outstanding, CreditMode.Drain);
            _drain = DrainAsync();
        }

        return _drain ?? Task.CompletedTask;
    }

    private async Task DrainAsync()
    {
        var limit = Task.Delay(DrainTimeout);
        while (true)
        {
            var read = nextRead();
            if (!AmqpInternals.IsDraining(link) || link.IsClosed)
            {
                break;
            }

            if (await Task.WhenAny(read, limit).ConfigureAwait(false) == limit)
            {
                // Whatever it still sends is not for this client.
                AmqpEndpoint.Abandon(link);
                break;
            }
        }

        lock (_gate)
        {
            _outstanding = 0;
            _drain = null;
            Issue();
        }
    }
}
