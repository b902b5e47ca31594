namespace Azure.Messaging.ServiceBus;

/// <summary>How the wait between two attempts grows.</summary>
public enum ServiceBusRetryMode
{
    /// <summary>Every wait is the same.</summary>
    Fixed,

    /// <summary>Every wait is twice the one before it, with some jitter.</summary>
    Exponential,
}
