using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>A message as it arrived: its bytes, not decoded, so that a queue can keep them as they are.</summary>
internal sealed class IncomingMessage(ByteBuffer encoded) : Message
{
    public ReadOnlySpan<byte> Encoded => encoded.Buffer.AsSpan(encoded.Offset, encoded.Length);

    /// <summary>Decodes the whole message.</summary>
    /// <exception cref="AmqpException">The bytes are no message.</exception>
    public Message ToMessage()
    {
        ValueWalker.Check(Encoded);
        return Decode(encoded);
    }
}
