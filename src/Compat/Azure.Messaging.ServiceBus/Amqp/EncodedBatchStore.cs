using Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A batch's messages, encoded as they were when they were added.</summary>
/// <param name="maxSizeInBytes">The limit.</param>
internal sealed class EncodedBatchStore(long maxSizeInBytes) : IBatchStore
{
    /// <summary>What a data section adds to a message of up to 255 bytes, and to a larger one.</summary>
    private const int SmallSectionOverhead = 5;
    private const int LargeSectionOverhead = 8;

    private readonly List<ByteBuffer> _encoded = [];
    private Message _first;

    public long MaxSizeInBytes => maxSizeInBytes;

    public long SizeInBytes { get; private set; }

    public int Count => _encoded.Count;

    public bool TryAdd(ServiceBusMessage message)
    {
        var converted = MessageEncoder.ToAmqp(message);
        var encoded = converted.Encode();
        var size = SizeInBytes + SectionSizeOf(encoded);
        if (_first is null)
        {
            size += MessageEncoder.ToBatch(converted, []).Encode().Length;
        }

        if (size > maxSizeInBytes)
        {
            return false;
        }

        _first ??= converted;
        _encoded.Add(encoded);
        SizeInBytes = size;
        return true;
    }

    public void Clear()
    {
        _encoded.Clear();
        _first = null;
        SizeInBytes = 0;
    }

    /// <summary>The batch as it is sent: one message goes as itself, for not every broker opens an envelope with one letter.</summary>
    public Message ToAmqp() => _encoded.Count == 1 ? MessageEncoder.Again(_first) : MessageEncoder.ToBatch(_first, _encoded);

    private static int SectionSizeOf(ByteBuffer encoded)
        => encoded.Length + (encoded.Length <= byte.MaxValue ? SmallSectionOverhead : LargeSectionOverhead);
}
