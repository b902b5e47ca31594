using System.Text;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Reads a message's body in whichever of AMQP's three forms it came. Service Bus clients send data; JMS and RabbitMQ bridges, and tools
/// that resend a message, are known to send its text as a value. <see cref="ServiceBusReceivedMessage.Body"/> throws for these.
/// </summary>
internal static class MessageBody
{
    /// <summary>The bytes of data, or of a text or bytes in a value or a sequence; empty for anything else.</summary>
    public static BinaryData Read(ServiceBusReceivedMessage message)
    {
        var body = message.GetRawAmqpMessage().Body;
        if (body.TryGetData(out var data))
        {
            return BinaryData.FromBytes(Join(data!));
        }

        return body.TryGetValue(out var value) ? ToBytes(value)
            : body.TryGetSequence(out var sequence) && sequence!.SelectMany(static list => list).Take(2).ToArray() is [var only] ? ToBytes(only)
            : BinaryData.Empty;
    }

    /// <summary>Reads the conference message in a body.</summary>
    public static Parsed<ConferenceMessage> Parse(ServiceBusReceivedMessage message) => ConferenceMessageJson.Parse(Read(message).ToMemory().Span);

    private static BinaryData ToBytes(object? value) => value switch
    {
        string text => BinaryData.FromBytes(Encoding.UTF8.GetBytes(text)),
        byte[] bytes => BinaryData.FromBytes(bytes),
        ReadOnlyMemory<byte> bytes => BinaryData.FromBytes(bytes),
        ArraySegment<byte> bytes => BinaryData.FromBytes(bytes),
        BinaryData bytes => bytes,
        _ => BinaryData.Empty,
    };

    private static ReadOnlyMemory<byte> Join(IEnumerable<ReadOnlyMemory<byte>> sections)
        => sections.ToArray() is [var only] ? only : sections.SelectMany(static section => section.ToArray()).ToArray();
}
