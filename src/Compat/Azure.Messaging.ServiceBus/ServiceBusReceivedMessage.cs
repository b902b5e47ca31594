using System.Collections.ObjectModel;
using System.Globalization;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus.Amqp;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message that was received or peeked.</summary>
public class ServiceBusReceivedMessage
{
    private readonly AmqpAnnotatedMessage _amqpMessage;

    internal ServiceBusReceivedMessage(AmqpAnnotatedMessage message) => _amqpMessage = message;

    /// <summary>The payload.</summary>
    /// <exception cref="NotSupportedException">The body of the AMQP message is no data.</exception>
    public BinaryData Body => _amqpMessage.GetBody();

    /// <summary>The id that the sender gave it; null for none.</summary>
    public string MessageId => _amqpMessage.Properties.MessageId?.ToString();

    /// <summary>How long the message lives in the queue; <see cref="TimeSpan.MaxValue"/> for no limit.</summary>
    public TimeSpan TimeToLive => _amqpMessage.GetTimeToLive();

    /// <summary>What this message belongs to.</summary>
    public string CorrelationId => _amqpMessage.Properties.CorrelationId?.ToString();

    /// <summary>What the message is about.</summary>
    public string Subject => _amqpMessage.Properties.Subject;

    /// <summary>The destination that the sender gave it.</summary>
    public string To => _amqpMessage.Properties.To?.ToString();

    /// <summary>The media type of the body.</summary>
    public string ContentType => _amqpMessage.Properties.ContentType;

    /// <summary>Where the sender expects an answer.</summary>
    public string ReplyTo => _amqpMessage.Properties.ReplyTo?.ToString();

    /// <summary>When the message enters or entered the queue, if it was scheduled (UTC).</summary>
    public DateTimeOffset ScheduledEnqueueTime => _amqpMessage.GetTimeAnnotation(MessageAnnotationNames.ScheduledEnqueueTime);

    /// <summary>The application's own properties.</summary>
    public IReadOnlyDictionary<string, object> ApplicationProperties
        => new ReadOnlyDictionary<string, object>(_amqpMessage.ApplicationProperties);

    /// <summary>The GUID of the lock on this message; all zeros where it has none.</summary>
    public string LockToken => LockTokenGuid.ToString();

    /// <summary>How many times it was delivered, this time included: 1 at first.</summary>
    /// <exception cref="InvalidOperationException">The broker sent no count.</exception>
    public int DeliveryCount => (int)_amqpMessage.Header.DeliveryCount.Value;

    /// <summary>When the lock ends (UTC); renewing moves it.</summary>
    public DateTimeOffset LockedUntil
    {
        get => _amqpMessage.GetTimeAnnotation(MessageAnnotationNames.LockedUntil);
        internal set => _amqpMessage.MessageAnnotations[MessageAnnotationNames.LockedUntil] = value.UtcDateTime;
    }

    /// <summary>The number that the broker gave it; numbers grow.</summary>
    public long SequenceNumber => _amqpMessage.GetAnnotation<long>(MessageAnnotationNames.SequenceNumber);

    /// <summary>The queue in which it was dead-lettered; null where it was not.</summary>
    public string DeadLetterSource => _amqpMessage.GetAnnotation<string>(MessageAnnotationNames.DeadLetterSource);

    /// <summary>The number that it had where it was first sent to.</summary>
    public long EnqueuedSequenceNumber => _amqpMessage.GetAnnotation<long>(MessageAnnotationNames.EnqueuedSequenceNumber);

    /// <summary>When the broker took it (UTC).</summary>
    public DateTimeOffset EnqueuedTime => _amqpMessage.GetTimeAnnotation(MessageAnnotationNames.EnqueuedTime);

    /// <summary>When it will no longer be delivered (UTC): <see cref="EnqueuedTime"/> plus <see cref="TimeToLive"/>.</summary>
    public DateTimeOffset ExpiresAt
    {
        get
        {
            if (_amqpMessage.Properties.AbsoluteExpiryTime is { } expiry && expiry != default)
            {
                return expiry;
            }

            return TimeToLive >= DateTimeOffset.MaxValue.Subtract(EnqueuedTime)
                ? DateTimeOffset.MaxValue
                : EnqueuedTime.Add(TimeToLive);
        }
    }

    /// <summary>Why it was dead-lettered, in one word; null where it was not.</summary>
    public string DeadLetterReason => GetProperty(MessageAnnotationNames.DeadLetterReason);

    /// <summary>Why it was dead-lettered; null where it was not.</summary>
    public string DeadLetterErrorDescription => GetProperty(MessageAnnotationNames.DeadLetterErrorDescription);

    /// <summary>Where it stands in its queue.</summary>
    public ServiceBusMessageState State => (ServiceBusMessageState)_amqpMessage.GetAnnotation<int>(MessageAnnotationNames.MessageState);

    internal Guid LockTokenGuid { get; init; }

    /// <summary>Whether the application has settled it; then the processor does not.</summary>
    internal bool IsSettled { get; set; }

    /// <summary>Makes a received message of an AMQP message.</summary>
    /// <param name="message">The AMQP message.</param>
    /// <param name="lockTokenBytes">The 16 bytes of the lock token, in .NET's order.</param>
    public static ServiceBusReceivedMessage FromAmqpMessage(AmqpAnnotatedMessage message, BinaryData lockTokenBytes)
    {
        Check.NotNull(message, nameof(message));
        Check.NotNull(lockTokenBytes, nameof(lockTokenBytes));
        return new ServiceBusReceivedMessage(message) { LockTokenGuid = new Guid(lockTokenBytes.ToMemory().Span) };
    }

    /// <summary>The AMQP message behind this one.</summary>
    public AmqpAnnotatedMessage GetRawAmqpMessage() => _amqpMessage;

    /// <summary>The message's id.</summary>
    public override string ToString()
        => string.Format(CultureInfo.CurrentCulture, "{{MessageId:{0}}}", MessageId);

    private string GetProperty(string name)
        => _amqpMessage.ApplicationProperties.TryGetValue(name, out var value) ? value as string : null;
}
