using System.Collections.Frozen;

namespace ServiceBusEmulator.Protocol;

/// <summary>The message annotations of Service Bus.</summary>
internal static class AnnotationNames
{
    public const string EnqueuedTime = "x-opt-enqueued-time";
    public const string SequenceNumber = "x-opt-sequence-number";
    public const string EnqueuedSequenceNumber = "x-opt-enqueue-sequence-number";
    public const string LockedUntil = "x-opt-locked-until";
    public const string ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";
    public const string MessageState = "x-opt-message-state";

    /// <summary>Annotations that only the broker may set: a client that sends a received message on sends the old ones along.</summary>
    public static readonly FrozenSet<string> SetByBroker =
        new[] { EnqueuedTime, SequenceNumber, EnqueuedSequenceNumber, LockedUntil, MessageState }.ToFrozenSet(StringComparer.Ordinal);
}
