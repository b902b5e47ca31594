using System.Runtime.InteropServices;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Azure.Core.Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Makes AMQPNetLite's messages of messages to send.</summary>
internal static class MessageEncoder
{
    /// <summary>The format of a batch: a message whose data sections are whole encoded messages.</summary>
    private const uint BatchFormat = 0x80013700;

    /// <summary>AMQP's latest time, in the milliseconds of which a time to live ends.</summary>
    private static readonly DateTime LatestTime = DateTime.MaxValue.ToUniversalTime();

    public static Message ToAmqp(ServiceBusMessage message)
    {
        var source = message.GetRawAmqpMessage();
        var encoded = new Message { BodySection = BodyOf(source.Body) };
        SetHeaderAndProperties(encoded, source);
        encoded.DeliveryAnnotations = Fill(new DeliveryAnnotations(), source, AmqpMessageSection.DeliveryAnnotations, source => source.DeliveryAnnotations);
        encoded.MessageAnnotations = Fill(new MessageAnnotations(), source, AmqpMessageSection.MessageAnnotations, source => source.MessageAnnotations);
        encoded.Footer = Fill(new Footer(), source, AmqpMessageSection.Footer, source => source.Footer);
        if (source.HasSection(AmqpMessageSection.ApplicationProperties) && source.ApplicationProperties.Count > 0)
        {
            encoded.ApplicationProperties = new ApplicationProperties();
            foreach (var (name, value) in source.ApplicationProperties)
            {
                encoded.ApplicationProperties[name] = AmqpValues.ToAmqp(value);
            }
        }

        return encoded;
    }

    /// <summary>The same message, to be sent anew: AMQPNetLite notes on each what became of it.</summary>
    public static Message Again(Message message) => new()
    {
        Header = message.Header,
        DeliveryAnnotations = message.DeliveryAnnotations,
        MessageAnnotations = message.MessageAnnotations,
        Properties = message.Properties,
        ApplicationProperties = message.ApplicationProperties,
        BodySection = message.BodySection,
        Footer = message.Footer,
    };

    /// <summary>Wraps encoded messages into a batch.</summary>
    /// <param name="first">The first message, whose id stands for the batch.</param>
    /// <param name="encoded">All messages, encoded.</param>
    public static Message ToBatch(Message first, IReadOnlyCollection<ByteBuffer> encoded)
    {
        var sections = new DataList();
        foreach (var buffer in encoded)
        {
            sections.Add(new Data { Buffer = new ByteBuffer(buffer.Buffer, buffer.Offset, buffer.Length, buffer.Length) });
        }

        var batch = new Message { BodySection = sections, Format = BatchFormat };
        if (first.Properties?.GetMessageId() is { } messageId)
        {
            batch.Properties = new Properties();
            batch.Properties.SetMessageId(messageId);
        }

        return batch;
    }

    private static RestrictedDescribed BodyOf(AmqpMessageBody body)
    {
        if (body.TryGetValue(out var value))
        {
            return new AmqpValue { Value = AmqpValues.ToAmqp(value) };
        }

        if (body.TryGetSequence(out var sequence))
        {
            return new AmqpSequence { List = new List<object>(sequence.SelectMany(list => list)) };
        }

        body.TryGetData(out var data);
        var sections = data.Select(SectionOf).ToList();
        if (sections.Count == 1)
        {
            return sections[0];
        }

        var list = new DataList();
        sections.ForEach(list.Add);
        return list;
    }

    private static Data SectionOf(ReadOnlyMemory<byte> bytes)
        => MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is not null
            ? new Data { Buffer = new ByteBuffer(segment.Array, segment.Offset, segment.Count, segment.Count) }
            : new Data { Binary = bytes.ToArray() };

    private static void SetHeaderAndProperties(Message encoded, AmqpAnnotatedMessage source)
    {
        if (source.HasSection(AmqpMessageSection.Header))
        {
            SetHeader(encoded.Header = new Header(), source.Header);
        }

        if (source.HasSection(AmqpMessageSection.Properties))
        {
            SetProperties(encoded.Properties = new Properties(), source.Properties);
        }

        if (source.GetTimeToLive() is var timeToLive && timeToLive != TimeSpan.MaxValue)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            encoded.Properties ??= new Properties();
            encoded.Properties.CreationTime = now;
            encoded.Properties.AbsoluteExpiryTime = LatestTime - now > timeToLive ? now + timeToLive : LatestTime;
        }
    }

    private static void SetHeader(Header header, AmqpMessageHeader source)
    {
        if (source.Durable is { } durable)
        {
            header.Durable = durable;
        }

        if (source.Priority is { } priority)
        {
            header.Priority = priority;
        }

        if (source.FirstAcquirer is { } firstAcquirer)
        {
            header.FirstAcquirer = firstAcquirer;
        }

        if (source.DeliveryCount is { } deliveryCount)
        {
            header.DeliveryCount = deliveryCount;
        }

        if (source.TimeToLive is { } timeToLive && timeToLive != TimeSpan.MaxValue)
        {
            header.Ttl = (uint)Math.Min(timeToLive.TotalMilliseconds, uint.MaxValue);
        }
    }

    private static void SetProperties(Properties properties, AmqpMessageProperties source)
    {
        properties.MessageId = source.MessageId?.ToString();
        properties.CorrelationId = source.CorrelationId?.ToString();
        properties.UserId = source.UserId?.ToArray();
        properties.To = source.To?.ToString();
        properties.Subject = source.Subject;
        properties.ReplyTo = source.ReplyTo?.ToString();
        properties.ContentType = source.ContentType;
        properties.ContentEncoding = source.ContentEncoding;
        properties.GroupId = source.GroupId;
        properties.ReplyToGroupId = source.ReplyToGroupId;
        if (source.GroupSequence is { } groupSequence)
        {
            properties.GroupSequence = groupSequence;
        }

        if (source.CreationTime is { } creationTime)
        {
            properties.CreationTime = creationTime.UtcDateTime;
        }

        if (source.AbsoluteExpiryTime is { } expiry)
        {
            properties.AbsoluteExpiryTime = expiry.UtcDateTime;
        }
    }

    private static T Fill<T>(
        T section,
        AmqpAnnotatedMessage source,
        AmqpMessageSection kind,
        Func<AmqpAnnotatedMessage, IDictionary<string, object>> read)
        where T : DescribedMap
    {
        if (!source.HasSection(kind))
        {
            return null;
        }

        foreach (var (name, value) in read(source))
        {
            // The default time stands for no schedule.
            if (name != MessageAnnotationNames.ScheduledEnqueueTime || value is DateTime { Ticks: > 0 })
            {
                section.Map[new Symbol(name)] = AmqpValues.ToAmqp(value);
            }
        }

        return section.Map.Count > 0 ? section : null;
    }
}
