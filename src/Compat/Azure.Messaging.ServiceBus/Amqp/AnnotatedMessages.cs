using System.Buffers;
using Azure.Core.Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Reads what Service Bus keeps in an AMQP message's sections.</summary>
internal static class AnnotatedMessages
{
    /// <summary>The bytes of a data body, its sections joined.</summary>
    /// <exception cref="NotSupportedException">The body is a value or a sequence.</exception>
    public static BinaryData GetBody(this AmqpAnnotatedMessage message)
        => message.Body.TryGetData(out var sections)
            ? BinaryData.FromBytes(Join(sections))
            : throw new NotSupportedException(
                $"{message.Body.BodyType} cannot be retrieved using the Body property. Use {nameof(ServiceBusMessage.GetRawAmqpMessage)} to read the body.");

    public static TimeSpan GetTimeToLive(this AmqpAnnotatedMessage message)
        => message.HasSection(AmqpMessageSection.Header) && message.Header.TimeToLive is { } timeToLive
            ? timeToLive
            : TimeSpan.MaxValue;

    public static T GetAnnotation<T>(this AmqpAnnotatedMessage message, string name)
        => message.HasSection(AmqpMessageSection.MessageAnnotations)
            && message.MessageAnnotations.TryGetValue(name, out var value)
            && value is T typed
            ? typed
            : default;

    /// <summary>A time that is carried as a UTC <see cref="DateTime"/>.</summary>
    public static DateTimeOffset GetTimeAnnotation(this AmqpAnnotatedMessage message, string name)
        => message.HasSection(AmqpMessageSection.MessageAnnotations)
            && message.MessageAnnotations.TryGetValue(name, out var value)
            ? value switch
            {
                DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
                DateTimeOffset time => time,
                _ => default,
            }
            : default;

    private static ReadOnlyMemory<byte> Join(IEnumerable<ReadOnlyMemory<byte>> sections)
    {
        ReadOnlyMemory<byte> first = default;
        ArrayBufferWriter<byte> joined = null;
        var count = 0;
        foreach (var section in sections)
        {
            if (count == 0)
            {
                first = section;
            }
            else
            {
                if (joined is null)
                {
                    joined = new ArrayBufferWriter<byte>();
                    joined.Write(first.Span);
                }

                joined.Write(section.Span);
            }

            count++;
        }

        return joined?.WrittenMemory ?? first;
    }
}
