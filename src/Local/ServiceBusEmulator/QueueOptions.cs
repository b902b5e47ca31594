namespace ServiceBusEmulator;

/// <summary>One queue of the emulator, with Azure's defaults.</summary>
/// <param name="Name">The queue's name; case does not matter.</param>
public sealed record QueueOptions(string Name)
{
    /// <summary>How long a received message stays locked. Default 1 minute.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A message that was handed out this often and came back is dead-lettered. Default 10.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>The longest that a message lives; a sender can only ask for less. Default: no limit.</summary>
    public TimeSpan DefaultMessageTimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>Whether a message whose time runs out is dead-lettered rather than dropped. Default false.</summary>
    public bool DeadLetteringOnMessageExpiration { get; init; }

    /// <summary>Whether a message id seen before is dropped. Default false.</summary>
    public bool RequiresDuplicateDetection { get; init; }

    /// <summary>How long a message id is remembered. Default 10 minutes.</summary>
    public TimeSpan DuplicateDetectionHistoryTimeWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What the queue and its dead letters may hold together, in bytes. Default 1 GiB.</summary>
    public long MaxSizeInBytes { get; init; } = 1L << 30;

    /// <summary>The largest message or batch, encoded, in bytes. Default 256 KiB, as in Azure's Standard tier.</summary>
    public int MaxMessageSizeInBytes { get; init; } = 256 * 1024;
}
