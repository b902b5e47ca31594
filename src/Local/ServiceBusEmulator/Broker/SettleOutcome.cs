namespace ServiceBusEmulator.Broker;

/// <summary>What became of a settlement.</summary>
internal enum SettleOutcome
{
    /// <summary>It was applied.</summary>
    Applied,

    /// <summary>Nobody holds that lock: it ran out, or the message was settled before.</summary>
    LockLost,

    /// <summary>The queue has nowhere to dead-letter to: it is a dead-letter queue.</summary>
    NotAllowed,
}
