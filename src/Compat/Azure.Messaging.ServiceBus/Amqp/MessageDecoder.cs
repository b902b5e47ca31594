using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Azure.Core.Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Makes received messages of AMQPNetLite's messages.</summary>
internal static class MessageDecoder
{
    /// <summary>A message that came over a link.</summary>
    public static ServiceBusReceivedMessage FromLink(Message message) => Decode(message, LockTokens.Of(message.DeliveryTag) ?? default, deliveries: 1);

    /// <summary>A message that was peeked; it has no lock, and to peek is not to deliver.</summary>
    public static ServiceBusReceivedMessage FromPeek(byte[] encoded)
        => Decode(Message.Decode(new ByteBuffer(encoded, 0, encoded.Length, encoded.Length)), default, deliveries: 0);

    private static ServiceBusReceivedMessage Decode(Message message, Guid lockToken, uint deliveries)
    {
        var decoded = new AmqpAnnotatedMessage(BodyOf(message.BodySection));
        SetHeader(decoded.Header, message.Header, deliveries);
        if (message.Properties is not null)
        {
            SetProperties(decoded.Properties, message.Properties);
        }

        Copy(message.DeliveryAnnotations, () => decoded.DeliveryAnnotations);
        Copy(message.MessageAnnotations, () => decoded.MessageAnnotations);
        Copy(message.ApplicationProperties, () => decoded.ApplicationProperties);
        Copy(message.Footer, () => decoded.Footer);
        return new ServiceBusReceivedMessage(decoded) { LockTokenGuid = lockToken };
    }

    private static AmqpMessageBody BodyOf(RestrictedDescribed section) => section switch
    {
        Data data => AmqpMessageBody.FromData([BytesOf(data)]),
        DataList list => AmqpMessageBody.FromData(Enumerable.Range(0, list.Count).Select(i => BytesOf(list[i])).ToList()),
        AmqpSequence sequence => AmqpMessageBody.FromSequence([sequence.List.Cast<object>().ToList()]),
        AmqpValue { Value: { } value } => AmqpMessageBody.FromValue(AmqpValues.FromAmqp(value)),
        _ => AmqpMessageBody.FromData([]),
    };

    private static ReadOnlyMemory<byte> BytesOf(Data data)
        => data.Buffer is { } buffer ? buffer.Buffer.AsMemory(buffer.Offset, buffer.Length) : data.Binary;

    private static void SetHeader(AmqpMessageHeader decoded, Header header, uint deliveries)
    {
        if (header is null)
        {
            return;
        }

        if (header.HasField(4))
        {
            decoded.DeliveryCount = header.DeliveryCount + deliveries;
        }

        decoded.Durable = header.Durable;
        decoded.Priority = header.Priority;
        decoded.FirstAcquirer = header.FirstAcquirer;
        if (header.HasField(2))
        {
            decoded.TimeToLive = TimeSpan.FromMilliseconds(header.Ttl);
        }
    }

    private static void SetProperties(AmqpMessageProperties decoded, Properties properties)
    {
        decoded.MessageId = ToId(properties.GetMessageId());
        decoded.CorrelationId = ToId(properties.GetCorrelationId());
        decoded.UserId = properties.UserId is { } userId ? userId : default(ReadOnlyMemory<byte>?);
        decoded.To = ToAddress(properties.To);
        decoded.Subject = properties.Subject;
        decoded.ReplyTo = ToAddress(properties.ReplyTo);
        decoded.ContentType = properties.ContentType;
        decoded.ContentEncoding = properties.ContentEncoding;
        decoded.GroupId = properties.GroupId;
        decoded.ReplyToGroupId = properties.ReplyToGroupId;
        if (properties.AbsoluteExpiryTime != default)
        {
            decoded.AbsoluteExpiryTime = properties.AbsoluteExpiryTime;
        }

        if (properties.CreationTime != default)
        {
            decoded.CreationTime = properties.CreationTime;
        }

        if (properties.HasField(11))
        {
            decoded.GroupSequence = properties.GroupSequence;
        }
    }

    private static AmqpMessageId? ToId(object id) => id?.ToString() is { } text ? new AmqpMessageId(text) : null;

    private static AmqpAddress? ToAddress(string address) => address is null ? null : new AmqpAddress(address);

    private static void Copy(DescribedMap section, Func<IDictionary<string, object>> target)
    {
        if (section is null)
        {
            return;
        }

        var copy = target();
        foreach (var (name, value) in section.Map)
        {
            copy[name.ToString()] = AmqpValues.FromAmqp(value);
        }
    }
}
