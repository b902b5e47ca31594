using Amqp.Types;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Application values that AMQP has no type for are carried as described ones.</summary>
internal static class AmqpValues
{
    private static readonly Symbol TimeSpanName = "com.microsoft:timespan";
    private static readonly Symbol UriName = "com.microsoft:uri";
    private static readonly Symbol DateTimeOffsetName = "com.microsoft:datetime-offset";

    /// <summary>The AMQP form of an application property.</summary>
    /// <exception cref="NotSupportedException">It has none.</exception>
    public static object ToAmqp(object value) => value switch
    {
        null or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or char
            or string or Guid or byte[] => value,
        decimal number => AmqpDecimals.ToAmqp(number),
        DateTime time => time.ToUniversalTime(),
        DateTimeOffset time => new DescribedValue(DateTimeOffsetName, time.UtcTicks),
        TimeSpan span => new DescribedValue(TimeSpanName, span.Ticks),
        Uri uri => new DescribedValue(UriName, uri.AbsoluteUri),
        Enum name => ToAmqp(Convert.ChangeType(name, Enum.GetUnderlyingType(name.GetType()), null)),
        ArraySegment<byte> bytes => bytes.ToArray(),
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        _ => throw new NotSupportedException($"A value of type {value.GetType()} cannot be sent as a property of a message."),
    };

    /// <summary>The application's form of an AMQP value.</summary>
    public static object FromAmqp(object value) => value switch
    {
        Symbol symbol => (string)symbol,
        global::Amqp.Types.Decimal number => AmqpDecimals.FromAmqp(number),
        DescribedValue { Descriptor: Symbol name, Value: long ticks } when name.Equals(TimeSpanName) => new TimeSpan(ticks),
        DescribedValue { Descriptor: Symbol name, Value: long ticks } when name.Equals(DateTimeOffsetName)
            => new DateTimeOffset(ticks, TimeSpan.Zero),
        DescribedValue { Descriptor: Symbol name, Value: string uri } when name.Equals(UriName) => new Uri(uri),
        _ => value,
    };
}
