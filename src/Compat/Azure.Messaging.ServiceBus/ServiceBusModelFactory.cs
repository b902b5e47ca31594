using System.ComponentModel;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus.Amqp;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes, for tests, the models that otherwise only the client makes.</summary>
public static class ServiceBusModelFactory
{
    /// <summary>As the other overload, for an active message.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData body,
        string messageId,
        string partitionKey,
        string viaPartitionKey,
        string sessionId,
        string replyToSessionId,
        TimeSpan timeToLive,
        string correlationId,
        string subject,
        string to,
        string contentType,
        string replyTo,
        DateTimeOffset scheduledEnqueueTime,
        IDictionary<string, object> properties,
        Guid lockTokenGuid,
        int deliveryCount,
        DateTimeOffset lockedUntil,
        long sequenceNumber,
        string deadLetterSource,
        long enqueuedSequenceNumber,
        DateTimeOffset enqueuedTime)
        => ServiceBusReceivedMessage(
            body,
            messageId,
            partitionKey,
            viaPartitionKey,
            sessionId,
            replyToSessionId,
            timeToLive,
            correlationId,
            subject,
            to,
            contentType,
            replyTo,
            scheduledEnqueueTime,
            properties,
            lockTokenGuid,
            deliveryCount,
            lockedUntil,
            sequenceNumber,
            deadLetterSource,
            enqueuedSequenceNumber,
            enqueuedTime,
            ServiceBusMessageState.Active);

    /// <summary>Makes a received message; each argument is what the property of that name answers.</summary>
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData body = default,
        string messageId = default,
        string partitionKey = default,
        string viaPartitionKey = default,
        string sessionId = default,
        string replyToSessionId = default,
        TimeSpan timeToLive = default,
        string correlationId = default,
        string subject = default,
        string to = default,
        string contentType = default,
        string replyTo = default,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object> properties = default,
        Guid lockTokenGuid = default,
        int deliveryCount = default,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string deadLetterSource = default,
        long enqueuedSequenceNumber = default,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = default)
    {
        var message = new AmqpAnnotatedMessage(AmqpMessageBody.FromData([body?.ToMemory() ?? default]));
        var amqp = message.Properties;
        amqp.MessageId = messageId is null ? default(AmqpMessageId?) : new AmqpMessageId(messageId);
        amqp.CorrelationId = correlationId is null ? default(AmqpMessageId?) : new AmqpMessageId(correlationId);
        amqp.Subject = subject;
        amqp.To = to is null ? default(AmqpAddress?) : new AmqpAddress(to);
        amqp.ContentType = contentType;
        amqp.ReplyTo = replyTo is null ? default(AmqpAddress?) : new AmqpAddress(replyTo);
        amqp.GroupId = sessionId;
        amqp.ReplyToGroupId = replyToSessionId;

        message.Header.DeliveryCount = (uint)deliveryCount;
        if (timeToLive != default)
        {
            message.Header.TimeToLive = timeToLive;
        }

        foreach (var (name, value) in properties ?? new Dictionary<string, object>())
        {
            message.ApplicationProperties.Add(name, value);
        }

        var annotations = message.MessageAnnotations;
        annotations[MessageAnnotationNames.ScheduledEnqueueTime] = scheduledEnqueueTime.UtcDateTime;
        annotations[MessageAnnotationNames.LockedUntil] = lockedUntil.UtcDateTime;
        annotations[MessageAnnotationNames.SequenceNumber] = sequenceNumber;
        annotations[MessageAnnotationNames.DeadLetterSource] = deadLetterSource;
        annotations[MessageAnnotationNames.EnqueuedSequenceNumber] = enqueuedSequenceNumber;
        annotations[MessageAnnotationNames.EnqueuedTime] = enqueuedTime.UtcDateTime;
        annotations[MessageAnnotationNames.MessageState] = (int)serviceBusMessageState;
        if (partitionKey is not null)
        {
            annotations[MessageAnnotationNames.PartitionKey] = partitionKey;
        }

        if (viaPartitionKey is not null)
        {
            annotations[MessageAnnotationNames.ViaPartitionKey] = viaPartitionKey;
        }

        return new ServiceBusReceivedMessage(message) { LockTokenGuid = lockTokenGuid };
    }

    /// <summary>Makes a batch that keeps its messages where a test can see them.</summary>
    /// <param name="batchSizeBytes">What <see cref="Azure.Messaging.ServiceBus.ServiceBusMessageBatch.SizeInBytes"/> answers.</param>
    /// <param name="batchMessageStore">Where accepted messages go.</param>
    /// <param name="batchOptions">The batch's limit; none for no limit.</param>
    /// <param name="tryAddCallback">Decides whether a message is accepted; all are when it is null.</param>
    public static ServiceBusMessageBatch ServiceBusMessageBatch(
        long batchSizeBytes,
        IList<ServiceBusMessage> batchMessageStore,
        CreateMessageBatchOptions batchOptions = default,
        Func<ServiceBusMessage, bool> tryAddCallback = default)
    {
        batchOptions = batchOptions?.Clone() ?? new CreateMessageBatchOptions();
        batchOptions.MaxSizeInBytes ??= long.MaxValue;
        return new ServiceBusMessageBatch(
            new ListBatchStore(batchSizeBytes, batchMessageStore, batchOptions.MaxSizeInBytes.Value, tryAddCallback ?? (_ => true)));
    }
}
