namespace ServiceBusEmulator.Broker;

/// <summary>A message in a queue: the sender's content and the broker's record of it. Guarded by its queue's lock.</summary>
internal sealed class BrokeredMessage(MessageContent content, long sequenceNumber, DateTimeOffset enqueuedTime)
{
    public MessageContent Content { get; } = content;

    public long SequenceNumber { get; } = sequenceNumber;

    /// <summary>Tells a scripted second delivery from the first; both carry the same sequence number.</summary>
    public int Copy { get; init; }

    public DateTimeOffset EnqueuedTime { get; } = enqueuedTime;

    public MessageState State { get; init; }

    /// <summary>When a scheduled message becomes active.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When a message with a time to live runs out; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>How often the message was handed out and came back.</summary>
    public int DeliveryCount { get; set; }

    public Guid LockToken { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    /// <summary>Application properties that an abandon or a dead-lettering changed; null means none.</summary>
    public IReadOnlyDictionary<string, object?>? ChangedProperties { get; set; }

    public MessageSnapshot ToSnapshot() => new(
        Content, SequenceNumber, EnqueuedTime, State, ExpiresAt, DeliveryCount, LockToken, LockedUntil, ChangedProperties);
}
