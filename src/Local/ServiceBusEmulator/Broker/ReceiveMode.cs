namespace ServiceBusEmulator.Broker;

/// <summary>What taking a message does to it.</summary>
internal enum ReceiveMode
{
    /// <summary>It stays, locked for the one that took it.</summary>
    PeekLock,

    /// <summary>It is gone.</summary>
    ReceiveAndDelete,
}
