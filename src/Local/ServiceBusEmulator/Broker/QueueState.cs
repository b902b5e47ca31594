namespace ServiceBusEmulator.Broker;

/// <summary>
/// What a queue holds and what becomes of it: ready, locked, scheduled and about to run out. Not safe for several threads:
/// <see cref="MessageQueue"/> guards it. Every step costs about the same however many messages there are.
/// </summary>
internal sealed class QueueState(QueueOptions options, StorageQuota quota, QueueState? deadLetters)
{
    private const string TooManyDeliveries = "MaxDeliveryCountExceeded";
    private const string Expired = "TTLExpiredException";

    // Nothing is ever sent to a dead-letter queue, so only a queue that has one looks for duplicates.
    private readonly DuplicateWindow? _duplicates = deadLetters is not null && options.RequiresDuplicateDetection
        ? new DuplicateWindow(options.DuplicateDetectionHistoryTimeWindow)
        : null;

    private readonly SequenceIndex _all = new();
    private readonly SequenceIndex _ready = new();
    private readonly LockTable _locks = new();
    private readonly DueList _scheduled = new();
    private readonly DueList _expiring = new();
    private long _lastSequenceNumber;
    private int _secondDeliveries;

    public int ReadyCount => _ready.Count;

    public QueueCounts Counts => new(_ready.Count, _scheduled.Count, deadLetters?._all.Count ?? 0, _locks.Count);

    public DateTimeOffset? FirstLockEnd => _locks.Earliest;

    public DateTimeOffset? FirstDue => _scheduled.Earliest;

    public DateTimeOffset? FirstExpiry => _expiring.Earliest;

    /// <summary>Does whatever has become due.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        while (_locks.TryReleaseExpired(now, out var message))
        {
            TakeBack(message, now);
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

    /// <summary>Takes a message in, unless it is a duplicate.</summary>
    /// <returns>Its sequence number.</returns>
    public long Accept(MessageContent content, DateTimeOffset now)
    {
        var sequenceNumber = ++_lastSequenceNumber;
        if (_duplicates is not null && content.MessageId is { } id && !_duplicates.TryAdd(id, now))
        {
            return sequenceNumber;
        }

        quota.Add(content.SizeInBytes);
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

    /// <summary>Removes scheduled messages, or none of them when one is not scheduled.</summary>
    public bool TryCancel(IReadOnlyCollection<long> sequenceNumbers)
    {
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

    /// <summary>Takes the oldest message that is ready, if there is one.</summary>
    public bool TryTake(ReceiveMode mode, DateTimeOffset now, out MessageSnapshot snapshot)
    {
        if (!_ready.TryTakeFirst(out var message))
        {
            snapshot = default;
            return false;
        }

        DeliverAgainIfScripted(message);
        if (mode == ReceiveMode.PeekLock)
        {
            _locks.Add(message, now + options.LockDuration);
            snapshot = message.ToSnapshot();
        }
        else
        {
            snapshot = message.ToSnapshot();
            Remove(message);
        }

        return true;
    }

    public SettleOutcome Complete(Guid lockToken)
    {
        if (!_locks.TryRelease(lockToken, out var message))
        {
            return SettleOutcome.LockLost;
        }

        Remove(message);
        return SettleOutcome.Applied;
    }

    public SettleOutcome Abandon(Guid lockToken, IReadOnlyDictionary<string, object?>? changes, DateTimeOffset now)
    {
        if (!_locks.TryRelease(lockToken, out var message))
        {
            return SettleOutcome.LockLost;
        }

        Change(message, changes);
        TakeBack(message, now);
        return SettleOutcome.Applied;
    }

    public SettleOutcome Release(Guid lockToken, DateTimeOffset now)
    {
        if (!_locks.TryRelease(lockToken, out var message))
        {
            return SettleOutcome.LockLost;
        }

        PutBack(message, now);
        return SettleOutcome.Applied;
    }

    public SettleOutcome DeadLetter(Guid lockToken, string? reason, string? description, IReadOnlyDictionary<string, object?>? changes)
    {
        if (deadLetters is null)
        {
            return SettleOutcome.NotAllowed;
        }

        if (!_locks.TryRelease(lockToken, out var message))
        {
            return SettleOutcome.LockLost;
        }

        Change(message, changes);
        MoveToDeadLetters(message, deadLetters, reason, description);
        return SettleOutcome.Applied;
    }

    public DateTimeOffset? Renew(Guid lockToken, DateTimeOffset now)
    {
        var until = now + options.LockDuration;
        return _locks.TryRenew(lockToken, until) ? until : null;
    }

    public IReadOnlyList<MessageSnapshot> Peek(long fromSequenceNumber, int count) =>
        [.. _all.From(fromSequenceNumber).Take(count).Select(static message => message.ToSnapshot())];

    public void LoseLocks(DateTimeOffset now)
    {
        while (_locks.TryReleaseExpired(DateTimeOffset.MaxValue, out var message))
        {
            TakeBack(message, now);
        }
    }

    public void DeliverTwice(int times) => _secondDeliveries += times;

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
        var life = content.TimeToLive is { } own && own < options.DefaultMessageTimeToLive ? own : options.DefaultMessageTimeToLive;
        return life < DateTimeOffset.MaxValue - now ? now + life : null;
    }

    private void TakeBack(BrokeredMessage message, DateTimeOffset now)
    {
        message.DeliveryCount++;
        if (deadLetters is not null && message.DeliveryCount >= options.MaxDeliveryCount)
        {
            MoveToDeadLetters(
                message, deadLetters, TooManyDeliveries, $"Message could not be consumed after {options.MaxDeliveryCount} delivery attempts.");
        }
        else
        {
            PutBack(message, now);
        }
    }

    private void PutBack(BrokeredMessage message, DateTimeOffset now)
    {
        if (message.ExpiresAt <= now)
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
        if (deadLetters is not null && options.DeadLetteringOnMessageExpiration)
        {
            MoveToDeadLetters(message, deadLetters, Expired, "The message expired and was dead lettered.");
        }
        else
        {
            Remove(message);
        }
    }

    private void MoveToDeadLetters(BrokeredMessage message, QueueState to, string? reason, string? description)
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
        to._all.Add(message);
        to._ready.Add(message);
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
        quota.Add(copy.Content.SizeInBytes);
        _all.Add(copy);
        _ready.Add(copy);
    }

    private void Remove(BrokeredMessage message)
    {
        Forget(message);
        quota.Add(-message.Content.SizeInBytes);
    }

    private void Forget(BrokeredMessage message)
    {
        _all.Remove(message);
        if (message.ExpiresAt is { } end)
        {
            _expiring.Remove(message, end);
        }
    }
}
