namespace Azure.Messaging.ServiceBus;

/// <summary>Where a message stands in its queue.</summary>
public enum ServiceBusMessageState
{
    /// <summary>Ready to be received, or locked by a receiver.</summary>
    Active = 0,

    /// <summary>Put aside: only to be received by its sequence number.</summary>
    Deferred = 1,

    /// <summary>Waiting for its scheduled time.</summary>
    Scheduled = 2,
}
