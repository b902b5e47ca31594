using System.Net.Sockets;
using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// One accepted connection's bytes. AMQPNetLite reads a frame in two small steps and writes a list of buffers; this reads and
/// writes the socket in large ones, checks each frame, and can cut the connection at any moment.
/// </summary>
internal sealed class SocketTransport(Socket socket, ReadOnlyMemory<byte> alreadyRead, TransportLimits limits, Action<SocketTransport> onClosed) : IAsyncTransport
{
    private const int ProtocolHeaderSize = 8;
    private const int SmallestFrame = 8;

    private readonly FrameGuard _guard = new(limits.MostUnfinishedBytes);
    private byte[] _received = Start(alreadyRead);
    private int _start;
    private int _end = alreadyRead.Length;
    private int _checked;
    private bool _isHeaderRead;
    private bool _isOpen;
    private byte[] _outgoing = [];
    private TaskCompletionSource? _stalled;
    private volatile bool _isCut;

    /// <summary>What this connection may have waiting for its socket.</summary>
    public SendBudget Budget { get; } = new();

    public void SetConnection(Connection connection) => PeerConnection.Bind(connection, this);

    public Task<int> ReceiveAsync(byte[] buffer, int offset, int count) =>
        _isCut ? Task.FromResult(0)
        : _checked > 0 ? Task.FromResult(HandOut(buffer, offset, count))
        : FillAndHandOutAsync(buffer, offset, count);

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        if (_outgoing.Length < listSize)
        {
            _outgoing = new byte[listSize];
        }

        var (length, transferBytes) = (0, 0);
        foreach (var frame in bufferList)
        {
            var bytes = frame.Buffer.AsSpan(frame.Offset, frame.Length);
            bytes.CopyTo(_outgoing.AsSpan(length));
            length += bytes.Length;
            transferBytes += bytes is [_, _, _, _, 2, 0, _, _, 0x00, 0x53, 0x14, ..] ? bytes.Length : 0;
        }

        Budget.WriteStarts();
        try
        {
            for (var sent = 0; sent < length;)
            {
                var send = socket.SendAsync(_outgoing.AsMemory(sent, length - sent), SocketFlags.None);
                if (!send.IsCompleted && _stalled is null)
                {
                    Volatile.Write(ref _stalled, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                }

                sent += await send;
            }
        }
        finally
        {
            Interlocked.Exchange(ref _stalled, null)?.TrySetResult();
            Budget.WriteEnded(transferBytes);
        }
    }

    /// <summary>Ends the connection without a word, as a cable that is pulled. What has come and was not read yet is lost.</summary>
    public void Cut()
    {
        _isCut = true;
        socket.Close(timeout: 0);
        onClosed(this);
    }

    public void Close()
    {
        socket.Dispose();
        onClosed(this);
    }

    void ITransport.Send(ByteBuffer buffer) => throw new NotSupportedException("Only asynchronous sends are used.");

    int ITransport.Receive(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous receives are used.");

    private static byte[] Start(ReadOnlyMemory<byte> alreadyRead)
    {
        var buffer = new byte[4096];
        alreadyRead.CopyTo(buffer);
        return buffer;
    }

    private int HandOut(byte[] buffer, int offset, int count)
    {
        var length = Math.Min(count, _checked);
        _received.AsSpan(_start, length).CopyTo(buffer.AsSpan(offset));
        _start += length;
        _checked -= length;
        return length;
    }

    private async Task<int> FillAndHandOutAsync(byte[] buffer, int offset, int count)
    {
        if (!_isHeaderRead)
        {
            // AMQPNetLite starts reading on the thread that accepts: a peer that talks a lot must not keep others out.
            await Task.Yield();
        }

        if (Volatile.Read(ref _stalled) is { } stalled)
        {
            // Answers to whoever does not read them would pile up here, so its further questions wait.
            await stalled.Task;
        }

        using var patience = _isOpen ? null : new CancellationTokenSource(limits.Patience);
        while (!CheckNext())
        {
            MakeRoom();
            var read = await socket.ReceiveAsync(_received.AsMemory(_end), SocketFlags.None, patience?.Token ?? default);
            if (read == 0)
            {
                return 0;
            }

            _end += read;
        }

        return HandOut(buffer, offset, count);
    }

    /// <summary>Finds the next whole protocol header or frame, if it is there, and checks it.</summary>
    private bool CheckNext()
    {
        var unread = _received.AsSpan(_start, _end - _start);
        if (!_isHeaderRead)
        {
            _isHeaderRead = unread.Length >= ProtocolHeaderSize;
            _checked = _isHeaderRead ? ProtocolHeaderSize : 0;
            return _isHeaderRead;
        }

        if (unread.Length < sizeof(uint))
        {
            return false;
        }

        var size = (uint)AmqpBitConverter.ReadInt(_received, _start);
        if (size > limits.MaxFrameSize)
        {
            // AMQPNetLite reads the size, refuses it and closes the connection.
            _checked = sizeof(uint);
            return true;
        }

        if (size < SmallestFrame)
        {
            throw new AmqpException(ErrorCode.FramingError, $"A frame cannot be {size} bytes long.");
        }

        if (unread.Length < size)
        {
            return false;
        }

        _guard.Check(unread[..(int)size]);
        _isOpen = true;
        _checked = (int)size;
        return true;
    }

    private void MakeRoom()
    {
        if (_end < _received.Length)
        {
            return;
        }

        var unread = _received.AsSpan(_start, _end - _start);
        var larger = Math.Min(_received.Length * 4, limits.MaxFrameSize * 2);
        var room = unread.Length > _received.Length / 2 || larger > _received.Length ? new byte[larger] : _received;
        unread.CopyTo(room);
        (_received, _start, _end) = (room, 0, unread.Length);
    }
}
