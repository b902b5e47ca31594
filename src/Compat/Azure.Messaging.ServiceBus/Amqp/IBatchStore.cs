namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Where a <see cref="ServiceBusMessageBatch"/> keeps its messages.</summary>
internal interface IBatchStore
{
    /// <summary>The limit, in bytes on the wire.</summary>
    long MaxSizeInBytes { get; }

    /// <summary>The size so far, in bytes on the wire.</summary>
    long SizeInBytes { get; }

    int Count { get; }

    /// <summary>Adds a message unless the batch would become too large.</summary>
    bool TryAdd(ServiceBusMessage message);

    void Clear();
}
