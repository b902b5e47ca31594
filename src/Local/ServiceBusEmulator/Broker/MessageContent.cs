namespace ServiceBusEmulator.Broker;

/// <summary>What a sender gave the broker. The broker reads a few of its properties and keeps the rest as it came.</summary>
internal sealed class MessageContent
{
    /// <summary>The sender's message id, or null. Only duplicate detection looks at it.</summary>
    public string? MessageId { get; init; }

    /// <summary>The sender's time to live; null means no limit of its own.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When the message shall become active; null or a past time means at once.</summary>
    public DateTimeOffset? ScheduledEnqueueTime { get; init; }

    /// <summary>The encoded message from its properties section on, as the sender wrote it.</summary>
    public byte[] Encoded { get; init; } = [];

    /// <summary>The sender's message annotations, those that the broker sets itself left out.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Annotations { get; init; } = [];

    /// <summary>What the message counts against the queue's size limit, in bytes.</summary>
    public int SizeInBytes { get; init; }
}
