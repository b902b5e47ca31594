using System.Buffers.Binary;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>.NET decimals as decimal128 of IEEE 754, with the coefficient in binary.</summary>
internal static class AmqpDecimals
{
    private const int Size = 16;
    private const int ExponentBias = 6176;
    private const int ExponentShift = 113 - 64;

    public static global::Amqp.Types.Decimal ToAmqp(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var exponent = ExponentBias - ((parts[3] >> 16) & 0xFF);
        var high = ((ulong)exponent << ExponentShift) | (uint)parts[2];
        if (value < 0)
        {
            high |= 1UL << 63;
        }

        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        return new global::Amqp.Types.Decimal(bytes);
    }

    /// <summary>The .NET decimal; the value as it is where it has none.</summary>
    public static object FromAmqp(global::Amqp.Types.Decimal value)
    {
        if (value.Bytes is not { Length: Size } bytes)
        {
            return value;
        }

        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8));
        var scale = ExponentBias - (int)((high >> ExponentShift) & 0x3FFF);
        var coefficientHigh = high & ((1UL << ExponentShift) - 1);
        return scale is < 0 or > 28 || coefficientHigh > uint.MaxValue
            ? value
            : new decimal((int)low, (int)(low >> 32), (int)coefficientHigh, high >> 63 == 1, (byte)scale);
    }
}
