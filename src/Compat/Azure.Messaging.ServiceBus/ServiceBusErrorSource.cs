namespace Azure.Messaging.ServiceBus;

/// <summary>What a processor was doing when an error came up.</summary>
public enum ServiceBusErrorSource
{
    /// <summary>Completing a message after its handler returned.</summary>
    Complete,

    /// <summary>Abandoning a message after its handler threw.</summary>
    Abandon,

    /// <summary>Running the message handler.</summary>
    ProcessMessageCallback,

    /// <summary>Receiving a message.</summary>
    Receive,

    /// <summary>Renewing a message's lock.</summary>
    RenewLock,

    /// <summary>Accepting a session.</summary>
    AcceptSession,

    /// <summary>Closing a session.</summary>
    CloseSession,
}
