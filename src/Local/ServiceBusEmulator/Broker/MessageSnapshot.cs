namespace ServiceBusEmulator.Broker;

/// <summary>A message as it was at one moment, safe to read without the queue's lock.</summary>
/// <param name="Content">What the sender gave.</param>
/// <param name="SequenceNumber">The number that the broker gave the message.</param>
/// <param name="EnqueuedTime">When the message became active, or was scheduled (UTC).</param>
/// <param name="State">Active or scheduled.</param>
/// <param name="ExpiresAt">When its time to live ends (UTC); null means never.</param>
/// <param name="DeliveryCount">How often it was handed out before and came back.</param>
/// <param name="LockToken">The lock that its receiver holds; empty when it holds none.</param>
/// <param name="LockedUntil">When that lock ends (UTC).</param>
/// <param name="ChangedProperties">Application properties that differ from the sender's; null means none.</param>
internal readonly record struct MessageSnapshot(
    MessageContent Content,
    long SequenceNumber,
    DateTimeOffset EnqueuedTime,
    MessageState State,
    DateTimeOffset? ExpiresAt,
    int DeliveryCount,
    Guid LockToken,
    DateTimeOffset LockedUntil,
    IReadOnlyDictionary<string, object?>? ChangedProperties);
