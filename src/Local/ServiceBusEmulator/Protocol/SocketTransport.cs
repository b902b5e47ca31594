using System.Net.Sockets;
using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// One accepted connection's bytes. AMQPNetLite reads a frame in two small steps and writes a list of buffers; this reads and
/// writes the socket in large ones, and can cut the connection at any moment.
/// </summary>
internal sealed class SocketTransport(Socket socket, ReadOnlyMemory<byte> alreadyRead, Action<SocketTransport> onClosed) : IAsyncTransport
{
    private readonly byte[] _received = new byte[64 * 1024];
    private ReadOnlyMemory<byte> _unread = alreadyRead;
    private byte[] _outgoing = [];

    public void SetConnection(Connection connection) => PeerConnection.Bind(connection, this);

    public Task<int> ReceiveAsync(byte[] buffer, int offset, int count) => _unread.IsEmpty
        ? FillAndReadAsync(buffer, offset, count)
        : Task.FromResult(Read(buffer, offset, count));

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        if (bufferList.Count == 1)
        {
            await SendAllAsync(bufferList[0].Buffer.AsMemory(bufferList[0].Offset, bufferList[0].Length)).ConfigureAwait(false);
            return;
        }

        if (_outgoing.Length < listSize)
        {
            _outgoing = new byte[listSize];
        }

        var length = 0;
        foreach (var frame in bufferList)
        {
            frame.Buffer.AsSpan(frame.Offset, frame.Length).CopyTo(_outgoing.AsSpan(length));
            length += frame.Length;
        }

        await SendAllAsync(_outgoing.AsMemory(0, length)).ConfigureAwait(false);
    }

    /// <summary>Ends the connection without a word, as a cable that is pulled.</summary>
    public void Cut()
    {
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

    private int Read(byte[] buffer, int offset, int count)
    {
        var read = Math.Min(count, _unread.Length);
        _unread.Span[..read].CopyTo(buffer.AsSpan(offset));
        _unread = _unread[read..];
        return read;
    }

    private async Task<int> FillAndReadAsync(byte[] buffer, int offset, int count)
    {
        var received = await socket.ReceiveAsync(_received, SocketFlags.None).ConfigureAwait(false);
        _unread = _received.AsMemory(0, received);
        return Read(buffer, offset, count);
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false)..];
        }
    }
}
