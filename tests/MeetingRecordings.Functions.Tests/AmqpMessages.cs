using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Tests;

/// <summary>Messages as AMQP carries them, with bodies that no Service Bus client sends.</summary>
internal static class AmqpMessages
{
    public static ServiceBusReceivedMessage Create(long sequenceNumber, AmqpMessageBody body)
    {
        var message = new AmqpAnnotatedMessage(body);
        message.MessageAnnotations["x-opt-sequence-number"] = sequenceNumber;
        message.MessageAnnotations["x-opt-enqueued-time"] = new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);
        return ServiceBusReceivedMessage.FromAmqpMessage(message, BinaryData.FromBytes(Guid.NewGuid().ToByteArray()));
    }
}
