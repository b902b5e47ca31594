using Azure.Core.Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Copies a received AMQP message into one that can be sent.</summary>
internal static class AnnotatedMessageCopy
{
    private static readonly string[] BrokerAnnotations =
    [
        MessageAnnotationNames.LockedUntil,
        MessageAnnotationNames.SequenceNumber,
        MessageAnnotationNames.DeadLetterSource,
        MessageAnnotationNames.EnqueuedSequenceNumber,
        MessageAnnotationNames.EnqueuedTime,
        MessageAnnotationNames.MessageState,
    ];

    public static AmqpAnnotatedMessage ToSend(AmqpAnnotatedMessage received)
    {
        var copy = new AmqpAnnotatedMessage(CopyBody(received.Body));
        CopyProperties(received.Properties, copy.Properties);
        CopyHeader(received.Header, copy.Header);
        Copy(received.Footer, copy.Footer);
        Copy(received.DeliveryAnnotations, copy.DeliveryAnnotations);
        Copy(received.MessageAnnotations, copy.MessageAnnotations);
        Copy(received.ApplicationProperties, copy.ApplicationProperties);

        foreach (var name in BrokerAnnotations)
        {
            copy.MessageAnnotations.Remove(name);
        }

        copy.ApplicationProperties.Remove(MessageAnnotationNames.DeadLetterReason);
        copy.ApplicationProperties.Remove(MessageAnnotationNames.DeadLetterErrorDescription);
        return copy;
    }

    private static AmqpMessageBody CopyBody(AmqpMessageBody body)
    {
        if (body.TryGetData(out var data))
        {
            return AmqpMessageBody.FromData(data);
        }

        if (body.TryGetValue(out var value))
        {
            return AmqpMessageBody.FromValue(value);
        }

        return body.TryGetSequence(out var sequence)
            ? AmqpMessageBody.FromSequence(sequence)
            : throw new NotSupportedException($"{body.BodyType} is not a supported message body type.");
    }

    private static void CopyHeader(AmqpMessageHeader from, AmqpMessageHeader to)
    {
        to.Durable = from.Durable;
        to.Priority = from.Priority;
        to.TimeToLive = from.TimeToLive;
        to.FirstAcquirer = from.FirstAcquirer;
    }

    private static void CopyProperties(AmqpMessageProperties from, AmqpMessageProperties to)
    {
        to.AbsoluteExpiryTime = from.AbsoluteExpiryTime;
        to.ContentEncoding = from.ContentEncoding;
        to.ContentType = from.ContentType;
        to.CorrelationId = from.CorrelationId;
        to.CreationTime = from.CreationTime;
        to.GroupId = from.GroupId;
        to.GroupSequence = from.GroupSequence;
        to.MessageId = from.MessageId;
        to.ReplyTo = from.ReplyTo;
        to.ReplyToGroupId = from.ReplyToGroupId;
        to.Subject = from.Subject;
        to.To = from.To;
        to.UserId = from.UserId;
    }

    private static void Copy(IDictionary<string, object> from, IDictionary<string, object> to)
    {
        foreach (var (name, value) in from)
        {
            to[name] = value;
        }
    }
}
