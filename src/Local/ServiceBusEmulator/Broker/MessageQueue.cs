namespace ServiceBusEmulator.Broker;

/// <summary>
/// One queue, or its dead-letter queue, for any number of threads. Knows no protocol. Whatever has become due is done before
/// anything is answered, so that no answer depends on how promptly a timer fires.
/// </summary>
internal sealed class MessageQueue : IDisposable
{
    private const string DeadLetterSuffix = "/$DeadLetterQueue";

    private readonly TimeProvider _clock;
    private readonly StorageQuota _quota;
    private readonly QueueState _state;
    private readonly Lock _lock;
    private readonly WaitingLine _waiting = new();
    private readonly AlarmClock _alarm;

    public MessageQueue(QueueOptions options, TimeProvider clock)
    {
        (Options, _clock, _lock, _quota) = (options, clock, new Lock(), new StorageQuota(options.MaxSizeInBytes));
        _alarm = new AlarmClock(clock, OnAlarm);

        // Both share one lock: a message that is dead-lettered is never in both or in neither.
        var deadLetters = new QueueState(options, _quota, deadLetters: null);
        DeadLetters = new MessageQueue(options, clock, _lock, _quota, deadLetters);
        _state = new QueueState(options, _quota, deadLetters);
    }

    private MessageQueue(QueueOptions options, TimeProvider clock, Lock sharedLock, StorageQuota sharedQuota, QueueState state)
    {
        (Options, _clock, _lock, _quota, _state) = (options, clock, sharedLock, sharedQuota, state);
        _alarm = new AlarmClock(clock, OnAlarm);
    }

    public QueueOptions Options { get; }

    /// <summary>What clients address it by.</summary>
    public string Path => DeadLetters is null ? $"{Options.Name}{DeadLetterSuffix}" : Options.Name;

    /// <summary>The dead-letter queue; a dead-letter queue has none.</summary>
    public MessageQueue? DeadLetters { get; }

    public QueueCounts Counts => Do((state, _) => state.Counts);

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
            if (content.SizeInBytes > Options.MaxMessageSizeInBytes)
            {
                return SendOutcome.MessageTooLarge;
            }
        }

        var numbers = Do((state, now) => _quota.HasRoomFor(size) ? batch.Select(content => state.Accept(content, now)).ToList() : null);
        sequenceNumbers = numbers ?? [];
        WakeConsumers();
        return numbers is null ? SendOutcome.QueueFull : SendOutcome.Accepted;
    }

    /// <summary>Takes scheduled messages back before they are due.</summary>
    /// <returns>False, and none is taken back, when one of them is not scheduled (any more).</returns>
    public bool Cancel(IReadOnlyCollection<long> sequenceNumbers) => Do((state, _) => state.TryCancel(sequenceNumbers));

    /// <summary>Takes the oldest message that is ready.</summary>
    /// <param name="mode">Whether the message is locked or removed.</param>
    /// <param name="whoWaits">Woken when a message comes, if there is none now; null does not wait.</param>
    /// <param name="message">The message taken.</param>
    public bool TryTake(ReceiveMode mode, IConsumer? whoWaits, out MessageSnapshot message)
    {
        lock (_lock)
        {
            var now = CatchUp();
            var isTaken = _state.TryTake(mode, now, out message);
            if (!isTaken && whoWaits is not null)
            {
                _waiting.Join(whoWaits);
            }

            SetAlarm();
            return isTaken;
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
            return _state.Complete(lockToken);
        }
    }

    /// <summary>Gives a message back with its delivery count raised and, where wanted, application properties changed.</summary>
    public SettleOutcome Abandon(Guid lockToken, IReadOnlyDictionary<string, object?>? changedProperties = null) =>
        ThenWake(Do((state, now) => state.Abandon(lockToken, changedProperties, now)));

    /// <summary>Gives back a message that its receiver never looked at: the delivery does not count.</summary>
    public SettleOutcome Release(Guid lockToken) => ThenWake(Do((state, now) => state.Release(lockToken, now)));

    public SettleOutcome DeadLetter(
        Guid lockToken, string? reason, string? description, IReadOnlyDictionary<string, object?>? changedProperties = null) =>
        ThenWake(Do((state, _) => state.DeadLetter(lockToken, reason, description, changedProperties)));

    /// <summary>Lets a lock last a full lock duration from now.</summary>
    /// <returns>When it ends now (UTC); null when nobody holds it.</returns>
    public DateTimeOffset? Renew(Guid lockToken) => Do((state, now) => state.Renew(lockToken, now));

    /// <summary>Looks at messages of every state without taking them.</summary>
    public IReadOnlyList<MessageSnapshot> Peek(long fromSequenceNumber, int count) => Do((state, _) => state.Peek(fromSequenceNumber, count));

    /// <summary>Ends every lock at once, as if its time had run out.</summary>
    public void LoseLocks()
    {
        Do((state, now) =>
        {
            state.LoseLocks(now);
            return true;
        });
        WakeAll();
    }

    /// <summary>Ends one lock, as if its time had run out.</summary>
    public void LoseLock(Guid lockToken) => Abandon(lockToken);

    /// <summary>The next messages taken are handed out twice, each under a lock of its own.</summary>
    public void DeliverTwice(int times)
    {
        lock (_lock)
        {
            _state.DeliverTwice(times);
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
                if (woken >= _state.ReadyCount || !_waiting.TryTakeFirst(out consumer))
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
        DeadLetters?.Dispose();
    }

    private T Do<T>(Func<QueueState, DateTimeOffset, T> step)
    {
        lock (_lock)
        {
            var result = step(_state, CatchUp());
            SetAlarm();
            return result;
        }
    }

    private DateTimeOffset CatchUp()
    {
        var now = _clock.GetUtcNow();
        _state.CatchUp(now);
        return now;
    }

    private SettleOutcome ThenWake(SettleOutcome outcome)
    {
        WakeAll();
        return outcome;
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
        DeadLetters?.WakeConsumers();
    }

    private void SetAlarm() => _alarm.SetFor(_state.FirstLockEnd, _state.FirstDue, _state.FirstExpiry);
}
