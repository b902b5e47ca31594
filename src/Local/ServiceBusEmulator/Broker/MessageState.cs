namespace ServiceBusEmulator.Broker;

/// <summary>A message's state as <c>x-opt-message-state</c> tells it to a peeking client.</summary>
internal enum MessageState
{
    /// <summary>Waiting in the queue, or locked by a receiver.</summary>
    Active = 0,

    /// <summary>Not due yet.</summary>
    Scheduled = 2,
}
