namespace ServiceBusEmulator;

/// <summary>What a queue held at one moment.</summary>
/// <param name="Active">Messages that wait for a receiver.</param>
/// <param name="Scheduled">Messages that are not due yet.</param>
/// <param name="DeadLettered">Messages in the queue's dead-letter queue, locked ones included.</param>
/// <param name="Locked">Messages that a receiver holds locked.</param>
public sealed record QueueCounts(long Active, long Scheduled, long DeadLettered, long Locked);
