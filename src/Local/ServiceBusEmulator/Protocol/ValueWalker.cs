using System.Buffers.Binary;
using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// Walks over encoded AMQP values to see that they can be decoded safely. AMQPNetLite decodes recursively and allocates what a
/// count asks for: without this, one frame of nested values ends the process with a stack overflow.
/// </summary>
internal ref struct ValueWalker(ReadOnlySpan<byte> encoded)
{
    private const int MostNested = 32;
    private const int MostEmptyElements = 1024;
    private const byte Described = 0x00;

    private readonly ReadOnlySpan<byte> _encoded = encoded;

    /// <summary>How far the walk has come, in bytes.</summary>
    public int Position { get; private set; }

    /// <summary>Checks every value there is.</summary>
    /// <exception cref="AmqpException">They are malformed or nested too deeply.</exception>
    public static void Check(ReadOnlySpan<byte> encoded)
    {
        var walker = new ValueWalker(encoded);
        while (walker.Position < encoded.Length)
        {
            walker.WalkValue();
        }
    }

    /// <summary>Walks over one value.</summary>
    /// <exception cref="AmqpException">It is malformed or nested too deeply.</exception>
    public void WalkValue(int depth = 0)
    {
        if (depth > MostNested)
        {
            throw Malformed("Values are nested too deeply.");
        }

        var format = Take(1)[0];
        if (format == Described)
        {
            WalkValue(depth + 1);
            WalkValue(depth + 1);
        }
        else
        {
            WalkBody(format, depth);
        }
    }

    /// <summary>Takes bytes as they are.</summary>
    /// <exception cref="AmqpException">There are not so many.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _encoded.Length - Position)
        {
            throw Malformed("A value ends early.");
        }

        Position += count;
        return _encoded.Slice(Position - count, count);
    }

    private static AmqpException Malformed(string why) => new(ErrorCode.DecodeError, why);

    /// <summary>Walks over what follows a format code, whose upper half says of what kind and width it is.</summary>
    private void WalkBody(byte format, int depth)
    {
        switch (format >> 4)
        {
            case 0x4:
                break;
            case >= 0x5 and <= 0x9:
                Take(1 << ((format >> 4) - 5));
                break;
            case 0xA or 0xB:
                Take(TakeSize(format));
                break;
            case 0xC or 0xD:
                WalkItems(format, depth);
                break;
            case 0xE or 0xF:
                WalkElements(format, depth);
                break;
            default:
                throw Malformed($"0x{format:x2} is no format code.");
        }
    }

    private void WalkItems(byte format, int depth)
    {
        var end = TakeSize(format) + Position;
        for (var left = TakeSize(format); left > 0; left--)
        {
            WalkValue(depth + 1);
        }

        MustBeAt(end);
    }

    private void WalkElements(byte format, int depth)
    {
        var end = TakeSize(format) + Position;
        var count = TakeSize(format);
        var element = Take(1)[0];
        for (; element == Described; element = Take(1)[0])
        {
            if (++depth > MostNested)
            {
                throw Malformed("Values are nested too deeply.");
            }

            WalkValue(depth);
        }

        if (element >> 4 == 0x4 && count > MostEmptyElements)
        {
            throw Malformed("An array has too many empty elements.");
        }

        if (depth >= MostNested)
        {
            throw Malformed("Values are nested too deeply.");
        }

        for (; count > 0; count--)
        {
            WalkBody(element, depth + 1);
        }

        MustBeAt(end);
    }

    /// <summary>A size or count: of one byte where the format code's upper half is even, of four where it is odd.</summary>
    private int TakeSize(byte format)
    {
        var size = (format & 0x10) == 0 ? Take(1)[0] : BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint)));
        return size <= (uint)_encoded.Length ? (int)size : throw Malformed("A value is larger than what holds it.");
    }

    private readonly void MustBeAt(int end)
    {
        if (Position != end)
        {
            throw Malformed("A value's size does not fit its content.");
        }
    }
}
