using Amqp;

namespace Azure.Messaging.ServiceBus.Amqp.Transport;

/// <summary>Carries a connection's bytes over a stream. Tells when the connection has dealt with what it read.</summary>
internal sealed class StreamTransport(Stream stream) : IAsyncTransport
{
    private const int ReadBufferSize = 64 * 1024;

    private readonly byte[] _readBuffer = new byte[ReadBufferSize];
    private int _readPosition;
    private int _readEnd;
    private TaskCompletionSource _nextRead;

    /// <summary>
    /// Done when the connection asks for more bytes: all frames that had come before are dealt with by then. This is how
    /// to learn of frames, such as the answer to a drain, that raise no event.
    /// </summary>
    public Task NextRead
    {
        get
        {
            var waiting = Volatile.Read(ref _nextRead);
            if (waiting is null)
            {
                var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = Interlocked.CompareExchange(ref _nextRead, created, null) ?? created;
            }

            return waiting.Task;
        }
    }

    public void SetConnection(Connection connection)
    {
    }

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        if (bufferList.Count == 1)
        {
            var only = bufferList[0];
            await stream.WriteAsync(only.Buffer.AsMemory(only.Offset, only.Length)).ConfigureAwait(false);
            return;
        }

        var joined = new byte[listSize];
        var end = 0;
        foreach (var buffer in bufferList)
        {
            buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).CopyTo(joined.AsSpan(end));
            end += buffer.Length;
        }

        await stream.WriteAsync(joined.AsMemory(0, end)).ConfigureAwait(false);
    }

    public Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        SignalRead();
        return _readPosition < _readEnd
            ? Task.FromResult(TakeRead(buffer, offset, count))
            : ReadAsync(buffer, offset, count);
    }

    public void Send(ByteBuffer buffer) => throw new NotSupportedException();

    public int Receive(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public void Close()
    {
        stream.Dispose();
        SignalRead();
    }

    private async Task<int> ReadAsync(byte[] buffer, int offset, int count)
    {
        if (count >= ReadBufferSize)
        {
            return await stream.ReadAsync(buffer.AsMemory(offset, count)).ConfigureAwait(false);
        }

        _readPosition = 0;
        _readEnd = await stream.ReadAsync(_readBuffer).ConfigureAwait(false);
        return TakeRead(buffer, offset, count);
    }

    private int TakeRead(byte[] buffer, int offset, int count)
    {
        var taken = Math.Min(count, _readEnd - _readPosition);
        _readBuffer.AsSpan(_readPosition, taken).CopyTo(buffer.AsSpan(offset));
        _readPosition += taken;
        return taken;
    }

    private void SignalRead()
    {
        if (Volatile.Read(ref _nextRead) is not null)
        {
            Interlocked.Exchange(ref _nextRead, null)?.TrySetResult();
        }
    }
}
