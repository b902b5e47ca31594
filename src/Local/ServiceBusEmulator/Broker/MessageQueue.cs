namespace ServiceBusEmulator.Broker;

/// <summary>
/// One queue: what is ready, locked, scheduled and about to run out. Knows no protocol; every step costs about the same however
/// many messages there are.
/// </summary>
internal sealed class MessageQueue : IDisposable
{
    private const string TooManyDeliveries = "MaxDeliveryCountExceeded";
    private const string Expired = "TTLExpiredException";

    private readonly QueueOptions _options;
    private readonly TimeProvider _clock;
    private readonly StorageQuota _quota;
    private readonly MessageQueue? _deadLetters;
    private readonly Lock _lock;
    private readonly DuplicateWindow? _duplicates;
    private readonly SequenceIndex _all = new();
    private readonly SequenceIndex _ready = new();
    private readonly LockTable _locks = new();
    private readonly DueList _scheduled = new();
    private readonly DueList _expiring = new();
    private readonly WaitingLine _waiting = new();
    private readonly AlarmClock _alarm;
    private long _lastSequenceNumber;
    private int _secondDeliveries;

    public MessageQueue(QueueOptions options, TimeProvider clock)
        : this(options, clock, new StorageQuota(options.MaxSizeInBytes), new Lock(), deadLetters: null)
    {
        _duplicates = options.RequiresDuplicateDetection ? new DuplicateWindow(options.DuplicateDetectionHistoryTimeWindow) : null;
        _deadLetters = new MessageQueue(options, clock, _quota, _lock, deadLetters: null);
    }

    private MessageQueue(QueueOptions options, TimeProvider clock, StorageQuota quota, Lock sharedLock, MessageQueue? deadLetters)
    {
        (_options, _clock, _quota, _lock, _deadLetters) = (options, clock, quota, sharedLock, deadLetters);
        _alarm = new AlarmClock(clock, OnAlarm);
    }

    public QueueOptions Options => _options;

    /// <summary>The dead-letter queue; a dead-letter queue has none.</summary>
    public MessageQueue? DeadLetters => _deadLetters;

    public QueueCounts Counts
    {
        get
        {
            lock (_lock)
            {
                CatchUp();
                return new QueueCounts(_ready.Count, _scheduled.Count, _deadLetters?._all.Count ?? 0, _locks.Count);
            }
        }
    }

    /// <summary>Takes a batch whole or not at all. Messages whose scheduled time lies ahead wait for it.</summary>
    public SendOutcome Send(IReadOnlyList<MessageContent> batch) => Send(batch, out _);

    /// <summary>As <see cref="Send(IReadOnlyList{MessageContent})"/>, and tells the sequence numbers given, in the batch's order.</summary>
    public SendOutcome Send(IReadOnlyList<MessageContent> batch, out IReadOnlyList<long> sequenceNumbers)
    {
        sequenceNumbers = [];
        long size = 0;
        foreach (var content in batch)
        {
            size += content.SizeInBytes;
            if (content.SizeInBytes > _options.MaxMessageSizeInBytes)
            {
                return SendOutcome.MessageTooLarge;
            }
        }

        lock (_lock)
        {
            CatchUp();
            if (!_quota.HasRoomFor(size))
            {
                return SendOutcome.QueueFull;
            }

            var now = _clock.GetUtcNow();
            var numbers = new long[batch.Count];
            for (var i = 0; i < batch.Count; i++)
            {
                numbers[i] = Accept(batch[i], now);
            }

            sequenceNumbers = numbers;
            SetAlarm();
        }

        WakeConsumers();
        return SendOutcome.Accepted;
    }

    /// <summary>Takes scheduled messages back before they are due.</summary>
    /// <returns>False, and none is taken back, when one of them is not scheduled (any more).</returns>
    public bool Cancel(IReadOnlyCollection<long> sequenceNumbers)
    {
        lock (_lock)
        {
            CatchUp();
            var found = new HashSet<BrokeredMessage>();
            foreach (var number in sequenceNumbers)
            {
                if (!_all.TryFind(number, out var message) || message.State != MessageState.Scheduled)
                {
                    return false;
                }

                found.Add(message);
            }

            foreach (var message in found)
            {
                _scheduled.Remove(message, message.DueAt);
                Remove(message);
            }

            return true;
        }
    }

    /// <summary>Takes the oldest message that is ready.</summary>
    /// <param name="mode">Whether the message is locked or removed.</param>
    /// <param name="whoWaits">Woken when a message comes, if there is none now; null does not wait.</param>
    /// <param name="message">The message taken.</param>
    public bool TryTake(ReceiveMode mode, IConsumer? whoWaits, out MessageSnapshot message)
    {
        lock (_lock)
        {
            CatchUp();
            if (!_ready.TryTakeFirst(out var first))
            {
                if (whoWaits is not null)
                {
                    _waiting.Join(whoWaits);
                }

                SetAlarm();
                message = default;
                return false;
            }

            DeliverAgainIfScripted(first);
            if (mode == ReceiveMode.PeekLock)
            {
                _locks.Add(first, _clock.GetUtcNow() + _options.LockDuration);
                message = first.ToSnapshot();
            }
            else
            {
                message = first.ToSnapshot();
                Remove(first);
            }

            SetAlarm();
            return true;
        }
    }

    public void StopWaiting(IConsumer consumer)
    {
        lock (_lock)
        {
            _waiting.Leave(consumer);
        }
    }

    public SettleOutcome Complete(Guid lockToken)
    {
        lock (_lock)
        {
            CatchUp();
            if (!_locks.TryRelease(lockToken, out var message))
            {
                return SettleOutcome.LockLost;
            }

            Remove(message);
            return SettleOutcome.Applied;
        }
    }

    /// <summary>Gives a message back with its delivery count raised and, where wanted, application properties changed.</summary>
    public SettleOutcome Abandon(Guid lockToken, IReadOnlyDictionary<string, object?>? changedProperties = null)
    {
        lock (_lock)
        {
            CatchUp();
            if (!_locks.TryRelease(lockToken, out var message))
            {
                return SettleOutcome.LockLost;
            }

            Change(message, changedProperties);
            TakeBack(message);
            SetAlarm();
        }

        WakeConsumers();
        return SettleOutcome.Applied;
    }

    /// <summary>Gives back a message that its receiver never looked at: the delivery does not count.</summary>
    public SettleOutcome Release(Guid lockToken)
    {
        lock (_lock)
        {
            CatchUp();
            if (!_locks.TryRelease(lockToken, out var message))
            {
                return SettleOutcome.LockLost;
            }

            PutBack(message);
        }

        WakeConsumers();
        return SettleOutcome.Applied;
    }

    public SettleOutcome DeadLetter(
        Guid lockToken, string? reason, string? description, IReadOnlyDictionary<string, object?>? changedProperties = null)
    {
        lock (_lock)
        {
            CatchUp();
            if (_deadLetters is null)
            {
                return SettleOutcome.NotAllowed;
            }

            if (!_locks.TryRelease(lockToken, out var message))
            {
                return SettleOutcome.LockLost;
            }

            Change(message, changedProperties);
            MoveToDeadLetters(message, reason, description);
        }

        _deadLetters.WakeConsumers();
        return SettleOutcome.Applied;
    }

    /// <summary>Lets a lock last a full lock duration from now.</summary>
    /// <returns>When it ends now (UTC); null when nobody holds it.</returns>
    public DateTimeOffset? Renew(Guid lockToken)
    {
        lock (_lock)
        {
            CatchUp();
            var until = _clock.GetUtcNow() + _options.LockDuration;
            return _locks.TryRenew(lockToken, until) ? until : null;
        }
    }

    /// <summary>Looks at messages of every state without taking them.</summary>
    public IReadOnlyList<MessageSnapshot> Peek(long fromSequenceNumber, int count)
    {
        lock (_lock)
        {
            CatchUp();
            return [.. _all.From(fromSequenceNumber).Take(count).Select(static message => message.ToSnapshot())];
        }
    }

    /// <summary>Ends every lock at once, as if its time had run out.</summary>
    public void LoseLocks()
    {
        lock (_lock)
        {
            while (_locks.TryReleaseExpired(DateTimeOffset.MaxValue, out var message))
            {
                TakeBack(message);
            }
        }

        WakeAll();
    }

    /// <summary>Ends one lock, as if its time had run out.</summary>
    public void LoseLock(Guid lockToken) => Abandon(lockToken);

    /// <summary>The next messages taken are handed out twice, each under a lock of its own.</summary>
    public void DeliverTwice(int times)
    {
        lock (_lock)
        {
            _secondDeliveries += times;
        }
    }

    /// <summary>Wakes as many of those who wait as there are messages ready.</summary>
    public void WakeConsumers()
    {
        for (var woken = 0; ; woken++)
        {
            IConsumer? consumer;
            lock (_lock)
            {
                if (woken >= _ready.Count || !_waiting.TryTakeFirst(out consumer))
                {
                    return;
                }
            }

            consumer.Wake();
        }
    }

    public void Dispose()
    {
        _alarm.Dispose();
        _deadLetters?.Dispose();
    }

    private void OnAlarm()
    {
        lock (_lock)
        {
            _alarm.HasRung();
            CatchUp();
            SetAlarm();
        }

        WakeAll();
    }

    private void WakeAll()
    {
        WakeConsumers();
        _deadLetters?.WakeConsumers();
    }

    private long Accept(MessageContent content, DateTimeOffset now)
    {
        var sequenceNumber = ++_lastSequenceNumber;
        if (_duplicates is not null && content.MessageId is { } id && !_duplicates.TryAdd(id, now))
        {
            return sequenceNumber;
        }

        _quota.Add(content.SizeInBytes);
        if (content.ScheduledEnqueueTime is { } due && due > now)
        {
            var message = new BrokeredMessage(content, sequenceNumber, now) { State = MessageState.Scheduled, DueAt = due };
            _all.Add(message);
            _scheduled.Add(message, due);
        }
        else
        {
            Activate(content, sequenceNumber, now);
        }

        return sequenceNumber;
    }

    private void Activate(MessageContent content, long sequenceNumber, DateTimeOffset now)
    {
        var message = new BrokeredMessage(content, sequenceNumber, now) { ExpiresAt = ExpiryOf(content, now) };
        _all.Add(message);
        _ready.Add(message);
        if (message.ExpiresAt is { } end)
        {
            _expiring.Add(message, end);
        }
    }

    private DateTimeOffset? ExpiryOf(MessageContent content, DateTimeOffset now)
    {
        var life = content.TimeToLive is { } own && own < _options.DefaultMessageTimeToLive ? own : _options.DefaultMessageTimeToLive;
        return life < DateTimeOffset.MaxValue - now ? now + life : null;
    }

    /// <summary>Does whatever has become due, so that no answer depends on how promptly a timer fires.</summary>
    private void CatchUp()
    {
        var now = _clock.GetUtcNow();
        while (_locks.TryReleaseExpired(now, out var message))
        {
            TakeBack(message);
        }

        while (_scheduled.TryTakeDue(now, out var message))
        {
            // A due message joins the queue's end as if it had been sent just now, number included.
            _all.Remove(message);
            Activate(message.Content, ++_lastSequenceNumber, now);
        }

        while (_expiring.TryTakeDue(now, out var message))
        {
            // A locked message outlives its time for as long as its lock: it runs out when it comes back.
            if (_ready.Remove(message))
            {
                Expire(message);
            }
        }
    }

    private void TakeBack(BrokeredMessage message)
    {
        message.DeliveryCount++;
        if (_deadLetters is not null && message.DeliveryCount >= _options.MaxDeliveryCount)
        {
            MoveToDeadLetters(
                message, TooManyDeliveries, $"Message could not be consumed after {_options.MaxDeliveryCount} delivery attempts.");
        }
        else
        {
            PutBack(message);
        }
    }

    private void PutBack(BrokeredMessage message)
    {
        if (message.ExpiresAt <= _clock.GetUtcNow())
        {
            Expire(message);
        }
        else
        {
            _ready.Add(message);
        }
    }

    private void Expire(BrokeredMessage message)
    {
        if (_deadLetters is not null && _options.DeadLetteringOnMessageExpiration)
        {
            MoveToDeadLetters(message, Expired, "The message expired and was dead lettered.");
        }
        else
        {
            Remove(message);
        }
    }

    private void MoveToDeadLetters(BrokeredMessage message, string? reason, string? description)
    {
        var properties = new Dictionary<string, object?>();
        if (reason is not null)
        {
            properties["DeadLetterReason"] = reason;
        }

        if (description is not null)
        {
            properties["DeadLetterErrorDescription"] = description;
        }

        Change(message, properties);
        Forget(message);
        message.ExpiresAt = null;
        _deadLetters!._all.Add(message);
        _deadLetters._ready.Add(message);
    }

    private static void Change(BrokeredMessage message, IReadOnlyDictionary<string, object?>? changes)
    {
        if (changes is null || changes.Count == 0)
        {
            return;
        }

        var merged = new Dictionary<string, object?>(message.ChangedProperties ?? changes);
        foreach (var (name, value) in changes)
        {
            merged[name] = value;
        }

        message.ChangedProperties = merged;
    }

    private void DeliverAgainIfScripted(BrokeredMessage message)
    {
        if (_secondDeliveries == 0)
        {
            return;
        }

        _secondDeliveries--;
        var copy = new BrokeredMessage(message.Content, message.SequenceNumber, message.EnqueuedTime)
        {
            Copy = message.Copy + 1,
            ExpiresAt = message.ExpiresAt,
            DeliveryCount = message.DeliveryCount + 1,
            ChangedProperties = message.ChangedProperties,
        };
        _quota.Add(copy.Content.SizeInBytes);
        _all.Add(copy);
        _ready.Add(copy);
    }

    private void Remove(BrokeredMessage message)
    {
        Forget(message);
        _quota.Add(-message.Content.SizeInBytes);
    }

    private void Forget(BrokeredMessage message)
    {
        _all.Remove(message);
        if (message.ExpiresAt is { } end)
        {
            _expiring.Remove(message, end);
        }
    }

    private void SetAlarm() => _alarm.SetFor(_locks.Earliest, _scheduled.Earliest, _expiring.Earliest);
}
