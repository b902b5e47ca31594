namespace ServiceBusEmulator.Broker;

/// <summary>Somebody who waits for messages.</summary>
internal interface IConsumer
{
    /// <summary>
    /// Told once when a message may be there; must come and take it, or call <see cref="MessageQueue.WakeConsumers"/>
    /// so that another can. Called outside the queue's lock; must not block.
    /// </summary>
    void Wake();
}
