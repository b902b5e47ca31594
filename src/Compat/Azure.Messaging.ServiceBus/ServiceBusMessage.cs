using System.Globalization;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus.Amqp;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message to send.</summary>
public class ServiceBusMessage
{
    private const int MaxMessageIdLength = 128;

    private readonly AmqpAnnotatedMessage _amqpMessage;

    /// <summary>Makes a message with an empty body.</summary>
    public ServiceBusMessage()
        : this(default(ReadOnlyMemory<byte>))
    {
    }

    /// <summary>Makes a message.</summary>
    /// <param name="body">The payload, carried in UTF-8.</param>
    public ServiceBusMessage(string body)
        : this(BinaryData.FromString(body))
    {
    }

    /// <summary>Makes a message.</summary>
    /// <param name="body">The payload.</param>
    public ServiceBusMessage(ReadOnlyMemory<byte> body)
        : this(BinaryData.FromBytes(body))
    {
    }

    /// <summary>Makes a message.</summary>
    /// <param name="body">The payload.</param>
    public ServiceBusMessage(BinaryData body)
    {
        Check.NotNull(body, nameof(body));
        _amqpMessage = new AmqpAnnotatedMessage(AmqpMessageBody.FromData([body.ToMemory()]));
    }

    /// <summary>Makes a copy to send of a message that was received, without what the broker added to it.</summary>
    /// <param name="receivedMessage">The message to copy.</param>
    /// <exception cref="NotSupportedException">Its body is of an unknown kind.</exception>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        Check.NotNull(receivedMessage, nameof(receivedMessage));
        _amqpMessage = AnnotatedMessageCopy.ToSend(receivedMessage.GetRawAmqpMessage());
    }

    /// <summary>Makes a message of an AMQP message, which it goes on to use.</summary>
    /// <param name="message">The AMQP message.</param>
    public ServiceBusMessage(AmqpAnnotatedMessage message)
        => _amqpMessage = Check.NotNull(message, nameof(message));

    /// <summary>The payload.</summary>
    /// <exception cref="NotSupportedException">Read: the body of the AMQP message is no data.</exception>
    public BinaryData Body
    {
        get => _amqpMessage.GetBody();
        set => _amqpMessage.Body = AmqpMessageBody.FromData([value.ToMemory()]);
    }

    /// <summary>An id of the application's choice, 1 to 128 characters; duplicate detection goes by it. Null unless set.</summary>
    /// <exception cref="ArgumentException">Null, empty or over 128 characters.</exception>
    public string MessageId
    {
        get => _amqpMessage.Properties.MessageId?.ToString();
        set
        {
            if (string.IsNullOrEmpty(value) || value.Length > MaxMessageIdLength)
            {
                throw new ArgumentException(
                    $"The identifier must not be null or empty and must not have more than {MaxMessageIdLength} characters.",
                    nameof(MessageId));
            }

            _amqpMessage.Properties.MessageId = new AmqpMessageId(value);
        }
    }

    /// <summary>How long the message lives in the queue, at most the queue's own limit; <see cref="TimeSpan.MaxValue"/> unless set.</summary>
    public TimeSpan TimeToLive
    {
        get => _amqpMessage.GetTimeToLive();
        set => _amqpMessage.Header.TimeToLive = Check.Positive(value, nameof(TimeToLive));
    }

    /// <summary>What this message belongs to.</summary>
    public string CorrelationId
    {
        get => _amqpMessage.Properties.CorrelationId?.ToString();
        set => _amqpMessage.Properties.CorrelationId = value is null ? default(AmqpMessageId?) : new AmqpMessageId(value);
    }

    /// <summary>What the message is about.</summary>
    public string Subject
    {
        get => _amqpMessage.Properties.Subject;
        set => _amqpMessage.Properties.Subject = value;
    }

    /// <summary>The destination, for the application; the broker does not look at it.</summary>
    public string To
    {
        get => _amqpMessage.Properties.To?.ToString();
        set => _amqpMessage.Properties.To = value is null ? default(AmqpAddress?) : new AmqpAddress(value);
    }

    /// <summary>The media type of the body.</summary>
    public string ContentType
    {
        get => _amqpMessage.Properties.ContentType;
        set => _amqpMessage.Properties.ContentType = value;
    }

    /// <summary>Where an answer is expected.</summary>
    public string ReplyTo
    {
        get => _amqpMessage.Properties.ReplyTo?.ToString();
        set => _amqpMessage.Properties.ReplyTo = value is null ? default(AmqpAddress?) : new AmqpAddress(value);
    }

    /// <summary>When the message is to enter the queue (UTC); the default for at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime
    {
        get => _amqpMessage.GetTimeAnnotation(MessageAnnotationNames.ScheduledEnqueueTime);
        set => _amqpMessage.MessageAnnotations[MessageAnnotationNames.ScheduledEnqueueTime] = value.UtcDateTime;
    }

    /// <summary>The application's own properties: numbers, strings, Booleans, times, GUIDs, URIs, bytes.</summary>
    public IDictionary<string, object> ApplicationProperties => _amqpMessage.ApplicationProperties;

    /// <summary>The AMQP message behind this one; changes to it count.</summary>
    public AmqpAnnotatedMessage GetRawAmqpMessage() => _amqpMessage;

    /// <summary>The message's id.</summary>
    public override string ToString()
        => string.Format(CultureInfo.CurrentCulture, "{{MessageId:{0}}}", MessageId);
}
