namespace ServiceBusEmulator;

/// <summary>What clients and a queue do with messages.</summary>
public enum QueueOperation
{
    /// <summary>A client sends messages without a time.</summary>
    Send,

    /// <summary>A client sends messages with a time at which they are due.</summary>
    Schedule,

    /// <summary>A client takes scheduled messages back.</summary>
    Cancel,

    /// <summary>The queue delivers a message.</summary>
    Deliver,

    /// <summary>A client looks at messages without receiving them.</summary>
    Peek,

    /// <summary>A client asks for more time.</summary>
    RenewLock,

    /// <summary>A client is done with a message.</summary>
    Complete,

    /// <summary>A client gives a message back; the delivery counts.</summary>
    Abandon,

    /// <summary>A client gives a message back that it has not looked at; the delivery does not count.</summary>
    Release,

    /// <summary>A client moves a message to the dead-letter queue.</summary>
    DeadLetter,
}
