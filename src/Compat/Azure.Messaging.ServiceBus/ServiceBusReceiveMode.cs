namespace Azure.Messaging.ServiceBus;

/// <summary>When a received message leaves its queue.</summary>
public enum ServiceBusReceiveMode
{
    /// <summary>The message is locked for the receiver and stays in the queue until it is settled.</summary>
    PeekLock,

    /// <summary>The message is gone from the queue once it is sent to the receiver.</summary>
    ReceiveAndDelete,
}
