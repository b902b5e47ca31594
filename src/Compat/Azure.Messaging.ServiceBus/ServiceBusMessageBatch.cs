using Azure.Messaging.ServiceBus.Amqp;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>Messages that are sent together, all or none, within a size that is known to be accepted.</summary>
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly Lock _gate = new();
    private bool _sending;

    internal ServiceBusMessageBatch(IBatchStore store) => Store = store;

    /// <summary>The limit in bytes on the wire.</summary>
    public long MaxSizeInBytes => Store.MaxSizeInBytes;

    /// <summary>The size so far in bytes on the wire.</summary>
    public long SizeInBytes => Store.SizeInBytes;

    /// <summary>How many messages it holds.</summary>
    public int Count => Store.Count;

    internal IBatchStore Store { get; }

    /// <summary>Adds a message unless the batch would become too large.</summary>
    /// <param name="message">The message; it is taken as it is now.</param>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="InvalidOperationException">The batch is being sent.</exception>
    public bool TryAddMessage(ServiceBusMessage message)
    {
        lock (_gate)
        {
            ThrowIfSending();
            return Store.TryAdd(Check.NotNull(message, nameof(message)));
        }
    }

    /// <summary>Forgets its messages.</summary>
    /// <exception cref="InvalidOperationException">The batch is being sent.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            ThrowIfSending();
            Store.Clear();
        }
    }

    internal void StartSending()
    {
        lock (_gate)
        {
            _sending = true;
        }
    }

    internal void StopSending()
    {
        lock (_gate)
        {
            _sending = false;
        }
    }

    private void ThrowIfSending()
    {
        if (_sending)
        {
            throw new InvalidOperationException(
                "The message batch is currently being used in a call to the Service Bus service; "
                + "it may not be changed or disposed until the call is complete.");
        }
    }
}
