using Amqp;
using Amqp.Framing;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>Makes of what a client sent what a queue keeps.</summary>
internal static class MessageDecoder
{
    /// <summary>The format of a transfer that carries a batch: a data section for each encoded message.</summary>
    private const uint BatchFormat = 0x80013700;

    /// <summary>Decodes a transfer into its message or, for a batch, its messages.</summary>
    /// <exception cref="AmqpException">The bytes are no message.</exception>
    public static IReadOnlyList<MessageContent> Decode(ReadOnlySpan<byte> encoded, uint format)
    {
        if (format != BatchFormat)
        {
            return [DecodeOne(encoded)];
        }

        var batch = new List<MessageContent>();
        var sections = new SectionReader(encoded);
        while (sections.MoveNext())
        {
            if (sections.Code == SectionReader.Data)
            {
                batch.Add(DecodeOne(sections.ReadBinary()));
            }
        }

        return batch;
    }

    /// <summary>Decodes one message.</summary>
    /// <param name="encoded">The message.</param>
    /// <param name="dueAt">When it shall become active; null leaves that to its own annotation.</param>
    /// <exception cref="AmqpException">The bytes are no message.</exception>
    public static MessageContent DecodeOne(ReadOnlySpan<byte> encoded, DateTimeOffset? dueAt = null)
    {
        // Split before the properties: what stands before them is the broker's to rewrite, the rest is kept as it is.
        var (keepFrom, decodeTo, previous) = (encoded.Length, 0, SectionReader.Header);
        var sections = new SectionReader(encoded);
        while (sections.MoveNext())
        {
            if (sections.Code < previous)
            {
                throw new AmqpException(ErrorCode.DecodeError, "The message's sections are out of order.");
            }

            previous = sections.Code;
            if (sections.Code >= SectionReader.Properties)
            {
                keepFrom = Math.Min(keepFrom, sections.Start);
            }

            if (sections.Code <= SectionReader.Properties)
            {
                decodeTo = sections.End;
            }
        }

        var head = encoded[..decodeTo].ToArray();
        ValueWalker.Check(head);
        var message = Message.Decode(new ByteBuffer(head, 0, head.Length, head.Length));
        var annotations = ReadAnnotations(message.MessageAnnotations, out var annotated);
        var body = encoded[keepFrom..].ToArray();
        if (message.Properties?.GetMessageId() is null)
        {
            // Service Bus names messages that come without a name, and its JavaScript client cannot do with nameless ones.
            message.Properties ??= new Properties();
            message.Properties.MessageId = Guid.NewGuid().ToString("N");
            body = WithProperties(message.Properties, encoded[Math.Max(keepFrom, decodeTo)..]);
        }

        return new MessageContent
        {
            MessageId = message.Properties.GetMessageId().ToString(),
            TimeToLive = message.Header is { } header && header.HasField(2) ? TimeSpan.FromMilliseconds(header.Ttl) : null,
            ScheduledEnqueueTime = dueAt ?? annotated,
            Encoded = body,
            Annotations = annotations,
            SizeInBytes = encoded.Length,
        };
    }

    private static byte[] WithProperties(Properties properties, ReadOnlySpan<byte> rest)
    {
        var buffer = new ByteBuffer(rest.Length + 128, autoGrow: true);
        properties.Encode(buffer);
        return [.. buffer.Buffer.AsSpan(buffer.Offset, buffer.Length), .. rest];
    }

    private static List<KeyValuePair<string, object?>> ReadAnnotations(MessageAnnotations? annotations, out DateTimeOffset? dueAt)
    {
        dueAt = null;
        var kept = new List<KeyValuePair<string, object?>>();
        foreach (var (key, value) in annotations?.Map ?? [])
        {
            var name = key.ToString()!;
            if (name == AnnotationNames.ScheduledEnqueueTime && value is DateTime time)
            {
                dueAt = new DateTimeOffset(time.ToUniversalTime());
            }

            if (!AnnotationNames.SetByBroker.Contains(name))
            {
                kept.Add(new(name, value));
            }
        }

        return kept;
    }
}
