using System.Buffers.Binary;
using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>Walks over the sections of an encoded message without decoding them.</summary>
internal ref struct SectionReader(ReadOnlySpan<byte> encoded)
{
    public const byte Header = 0x70;
    public const byte Properties = 0x73;
    public const byte ApplicationProperties = 0x74;
    public const byte Data = 0x75;

    private const byte Described = 0x00;
    private const byte SmallULong = 0x53;
    private const byte ULong = 0x80;
    private const byte SmallBinary = 0xa0;
    private const byte Binary = 0xb0;

    private readonly ReadOnlySpan<byte> _encoded = encoded;
    private int _position;

    /// <summary>The code of the current section's descriptor.</summary>
    public byte Code { get; private set; }

    /// <summary>Where the current section starts, descriptor included.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current section's value starts.</summary>
    public int ValueStart { get; private set; }

    /// <summary>Where the current section ends.</summary>
    public readonly int End => _position;

    /// <summary>Goes to the next section.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="AmqpException">The bytes are no message.</exception>
    public bool MoveNext()
    {
        if (_position == _encoded.Length)
        {
            return false;
        }

        Start = _position;
        if (Take(1)[0] != Described)
        {
            throw Malformed("A message section has no descriptor.");
        }

        var code = Take(1)[0] switch
        {
            SmallULong => Take(1)[0],
            ULong => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong))),
            _ => throw Malformed("A message section's descriptor is no number."),
        };
        if (code is < Header or > 0x78)
        {
            throw Malformed($"0x{code:x} is no message section.");
        }

        Code = (byte)code;
        ValueStart = _position;
        Skip();
        return true;
    }

    /// <summary>The bytes of the current section, which must be a data section.</summary>
    public readonly ReadOnlySpan<byte> ReadBinary()
    {
        var value = _encoded[ValueStart..End];
        return value[0] switch
        {
            SmallBinary => value[2..],
            Binary => value[5..],
            _ => throw Malformed("A data section holds no bytes."),
        };
    }

    private static AmqpException Malformed(string why) => new(ErrorCode.DecodeError, why);

    /// <summary>Skips a value. The upper half of a format code says how long the value is.</summary>
    private void Skip()
    {
        byte format;
        while ((format = Take(1)[0]) == Described)
        {
            if (Take(1)[0] is var descriptor && descriptor == Described)
            {
                throw Malformed("A descriptor has a descriptor.");
            }

            SkipBody(descriptor);
        }

        SkipBody(format);
    }

    private void SkipBody(byte format)
    {
        var length = (format >> 4) switch
        {
            0x4 => 0u,
            0x5 => 1u,
            0x6 => 2u,
            0x7 => 4u,
            0x8 => 8u,
            0x9 => 16u,
            0xA or 0xC or 0xE => Take(1)[0],
            0xB or 0xD or 0xF => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint))),
            _ => throw Malformed($"0x{format:x2} is no format code."),
        };
        Take(length > int.MaxValue ? int.MaxValue : (int)length);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _encoded.Length - _position)
        {
            throw Malformed("The message ends early.");
        }

        _position += count;
        return _encoded.Slice(_position - count, count);
    }
}
