namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Names that Service Bus gives to what it keeps with a message.</summary>
/// <remarks>azure-docs, service-bus-amqp-protocol-guide, "Messages".</remarks>
internal static class MessageAnnotationNames
{
    public const string EnqueuedTime = "x-opt-enqueued-time";
    public const string ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";
    public const string SequenceNumber = "x-opt-sequence-number";
    public const string EnqueuedSequenceNumber = "x-opt-enqueue-sequence-number";
    public const string LockedUntil = "x-opt-locked-until";
    public const string PartitionKey = "x-opt-partition-key";
    public const string ViaPartitionKey = "x-opt-via-partition-key";
    public const string DeadLetterSource = "x-opt-deadletter-source";
    public const string MessageState = "x-opt-message-state";

    /// <summary>An application property of dead-lettered messages.</summary>
    public const string DeadLetterReason = "DeadLetterReason";

    /// <summary>An application property of dead-lettered messages.</summary>
    public const string DeadLetterErrorDescription = "DeadLetterErrorDescription";
}
