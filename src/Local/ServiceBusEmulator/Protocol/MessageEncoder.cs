using Amqp;
using Amqp.Framing;
using Amqp.Types;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>Makes of what a queue holds what a client gets.</summary>
internal static class MessageEncoder
{
    private const int RoomForHeadSections = 256;

    public static ByteBuffer Encode(in MessageSnapshot message)
    {
        var buffer = new ByteBuffer(message.Content.Encoded.Length + RoomForHeadSections, autoGrow: true);
        HeaderOf(message).Encode(buffer);
        AnnotationsOf(message).Encode(buffer);
        if (message.ChangedProperties is null)
        {
            AmqpBitConverter.WriteBytes(buffer, message.Content.Encoded, 0, message.Content.Encoded.Length);
        }
        else
        {
            WriteChanged(buffer, message.Content.Encoded, message.ChangedProperties);
        }

        return buffer;
    }

    /// <summary>As <see cref="Encode"/>, for embedding in a reply.</summary>
    public static byte[] EncodeToArray(in MessageSnapshot message)
    {
        var buffer = Encode(message);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    private static Header HeaderOf(in MessageSnapshot message)
    {
        var header = new Header { DeliveryCount = (uint)message.DeliveryCount };
        if (message.ExpiresAt is { } end)
        {
            header.Ttl = (uint)Math.Min((end - message.EnqueuedTime).TotalMilliseconds, uint.MaxValue);
        }
        else if (message.Content.TimeToLive is { } life)
        {
            header.Ttl = (uint)Math.Min(life.TotalMilliseconds, uint.MaxValue);
        }

        return header;
    }

    private static MessageAnnotations AnnotationsOf(in MessageSnapshot message)
    {
        var annotations = new MessageAnnotations();
        foreach (var (name, value) in message.Content.Annotations)
        {
            annotations[new Symbol(name)] = value;
        }

        annotations[new Symbol(AnnotationNames.EnqueuedTime)] = message.EnqueuedTime.UtcDateTime;
        annotations[new Symbol(AnnotationNames.SequenceNumber)] = message.SequenceNumber;
        annotations[new Symbol(AnnotationNames.EnqueuedSequenceNumber)] = 0L;
        annotations[new Symbol(AnnotationNames.MessageState)] = (int)message.State;
        if (message.LockToken != Guid.Empty)
        {
            annotations[new Symbol(AnnotationNames.LockedUntil)] = message.LockedUntil.UtcDateTime;
        }

        return annotations;
    }

    private static void WriteChanged(ByteBuffer buffer, byte[] encoded, IReadOnlyDictionary<string, object?> changes)
    {
        var (start, end) = (0, 0);
        var sections = new SectionReader(encoded);
        while (sections.MoveNext())
        {
            if (sections.Code == SectionReader.ApplicationProperties)
            {
                (start, end) = (sections.Start, sections.End);
                break;
            }

            if (sections.Code < SectionReader.ApplicationProperties)
            {
                (start, end) = (sections.End, sections.End);
            }
        }

        var properties = end > start
            ? Message.Decode(new ByteBuffer(encoded, start, end - start, end - start)).ApplicationProperties
            : new ApplicationProperties();
        foreach (var (name, value) in changes)
        {
            properties[name] = value;
        }

        AmqpBitConverter.WriteBytes(buffer, encoded, 0, start);
        properties.Encode(buffer);
        AmqpBitConverter.WriteBytes(buffer, encoded, end, encoded.Length - end);
    }
}
