namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>The messages of a batch that a test made: kept in the test's own list.</summary>
internal sealed class ListBatchStore(
    long sizeInBytes,
    IList<ServiceBusMessage> messages,
    long maxSizeInBytes,
    Func<ServiceBusMessage, bool> accepts) : IBatchStore
{
    public long MaxSizeInBytes => maxSizeInBytes;

    public long SizeInBytes => sizeInBytes;

    public int Count => messages.Count;

    public bool TryAdd(ServiceBusMessage message)
    {
        if (!accepts(message))
        {
            return false;
        }

        messages.Add(message);
        return true;
    }

    public void Clear() => messages.Clear();
}
