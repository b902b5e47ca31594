namespace Azure.Messaging.ServiceBus;

/// <summary>Which of a queue's parts to receive from.</summary>
public enum SubQueue
{
    /// <summary>The queue itself.</summary>
    None = 0,

    /// <summary>Its dead-letter queue.</summary>
    DeadLetter = 1,

    /// <summary>The dead-letter queue of messages that could not be forwarded.</summary>
    TransferDeadLetter = 2,
}
