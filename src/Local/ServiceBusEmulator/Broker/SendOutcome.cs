namespace ServiceBusEmulator.Broker;

/// <summary>What became of a send. Duplicates count as accepted, as Service Bus has it.</summary>
internal enum SendOutcome
{
    /// <summary>Every message is in the queue, scheduled, or dropped as a duplicate.</summary>
    Accepted,

    /// <summary>The queue's size limit would be passed; none was taken.</summary>
    QueueFull,

    /// <summary>A message is over the queue's message size limit; none was taken.</summary>
    MessageTooLarge,
}
