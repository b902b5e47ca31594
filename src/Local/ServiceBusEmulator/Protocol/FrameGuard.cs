using System.Buffers.Binary;
using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// Looks at each frame of a connection before AMQPNetLite does, for what AMQPNetLite does not check: values nested without end,
/// messages that go on without end over many transfers, and session windows near the end of what a number holds.
/// </summary>
internal sealed class FrameGuard(long mostUnfinished)
{
    private const byte Flow = 0x13;
    private const byte Transfer = 0x14;
    private const int HandleField = 0;
    private const int MoreField = 5;
    private const byte UInt = 0x70;
    private const byte True = 0x41;
    private const byte Boolean = 0x56;

    /// <summary>The bytes of messages that have not ended yet, by channel and handle.</summary>
    private readonly Dictionary<(ushort Channel, uint Handle), long> _unfinished = [];
    private long _unfinishedBytes;

    /// <summary>Checks a frame. A window that a flow has no limit for is halved in it.</summary>
    /// <exception cref="AmqpException">The connection must be closed.</exception>
    public void Check(Span<byte> frame)
    {
        var bodyStart = frame[4] * 4;
        if (bodyStart < 8 || bodyStart > frame.Length || frame[5] != 0)
        {
            throw new AmqpException(ErrorCode.FramingError, "The frame's header is malformed.");
        }

        var body = frame[bodyStart..];
        if (body.IsEmpty)
        {
            return;
        }

        var walker = new ValueWalker(body);
        walker.WalkValue();
        if (Is(Flow, body))
        {
            LimitWindow(body[..walker.Position]);
        }
        else if (Is(Transfer, body))
        {
            Count((ushort)(frame[6] << 8 | frame[7]), body[..walker.Position], body.Length - walker.Position);
        }
    }

    private static bool Is(byte performative, ReadOnlySpan<byte> body)
        => body is [0x00, 0x53, var shortCode, ..] ? shortCode == performative
            : body is [0x00, 0x80, 0, 0, 0, 0, 0, 0, 0, var longCode, ..] && longCode == performative;

    // AMQPNetLite adds to the window how far the peer is ahead of its own count of transfers, in 32 bits. It counts a transfer
    // once that is written, and an answer can be faster: Microsoft's .NET client, whose window is the greatest number, would so
    // close it for itself.
    private static void LimitWindow(Span<byte> flow)
    {
        var walker = new ValueWalker(flow);
        if (FieldsOf(ref walker, flow) < 2)
        {
            return;
        }

        walker.WalkValue();
        var window = flow[walker.Position..];
        if (window is [UInt, >= 0x80, _, _, _, ..])
        {
            BinaryPrimitives.WriteInt32BigEndian(window[1..], int.MaxValue);
        }
    }

    private void Count(ushort channel, ReadOnlySpan<byte> transfer, int payload)
    {
        var (handle, more) = Read(transfer);
        if (more)
        {
            _unfinished[(channel, handle)] = _unfinished.GetValueOrDefault((channel, handle)) + payload;
            _unfinishedBytes += payload;
        }
        else if (_unfinished.Count > 0 && _unfinished.Remove((channel, handle), out var counted))
        {
            _unfinishedBytes -= counted;
        }

        if (_unfinishedBytes > mostUnfinished)
        {
            throw new AmqpException(ErrorCode.MessageSizeExceeded, $"More than {mostUnfinished} bytes of messages have not ended.");
        }
    }

    private static (uint Handle, bool More) Read(ReadOnlySpan<byte> transfer)
    {
        var walker = new ValueWalker(transfer);
        var fields = FieldsOf(ref walker, transfer);
        var (handle, more) = (0u, false);
        for (var field = 0; field < Math.Min(fields, MoreField + 1); field++)
        {
            var start = walker.Position;
            walker.WalkValue();
            var value = transfer[start..walker.Position];
            if (field == HandleField)
            {
                handle = Number(value[1..]);
            }
            else if (field == MoreField)
            {
                more = value is [True] or [Boolean, 1];
            }
        }

        return (handle, more);
    }

    /// <summary>Walks to the first field.</summary>
    /// <returns>How many there are.</returns>
    private static int FieldsOf(ref ValueWalker walker, ReadOnlySpan<byte> performative)
    {
        walker.Take(performative[1] == 0x53 ? 3 : 10);
        return walker.Take(1)[0] switch
        {
            0x45 => 0,
            0xC0 => walker.Take(2)[1],
            _ => (int)Number(walker.Take(8)[4..]),
        };
    }

    private static uint Number(ReadOnlySpan<byte> bigEndian)
    {
        var number = 0u;
        foreach (var digit in bigEndian)
        {
            number = number << 8 | digit;
        }

        return number;
    }
}
