using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// Looks at each frame of a connection before AMQPNetLite does, for what AMQPNetLite does not check: values nested without end,
/// and messages that go on without end over many transfers.
/// </summary>
internal sealed class FrameGuard(long mostUnfinished)
{
    private const byte Transfer = 0x14;
    private const int HandleField = 0;
    private const int MoreField = 5;
    private const byte True = 0x41;
    private const byte Boolean = 0x56;

    /// <summary>The bytes of messages that have not ended yet, by channel and handle.</summary>
    private readonly Dictionary<(ushort Channel, uint Handle), long> _unfinished = [];
    private long _unfinishedBytes;

    /// <summary>Checks a frame.</summary>
    /// <exception cref="AmqpException">The connection must be closed.</exception>
    public void Check(ReadOnlySpan<byte> frame)
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
        if (IsTransfer(body))
        {
            Count((ushort)(frame[6] << 8 | frame[7]), body[..walker.Position], body.Length - walker.Position);
        }
    }

    private static bool IsTransfer(ReadOnlySpan<byte> body) => body is [0x00, 0x53, Transfer, ..] or [0x00, 0x80, 0, 0, 0, 0, 0, 0, 0, Transfer, ..];

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
        walker.Take(transfer[1] == 0x53 ? 3 : 10);
        var fields = walker.Take(1)[0] switch
        {
            0x45 => 0,
            0xC0 => walker.Take(2)[1],
            _ => (int)Number(walker.Take(8)[4..]),
        };
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
