using Amqp;

namespace Azure.Messaging.ServiceBus.Amqp.Transport;

/// <summary>Carries a connection's bytes over a stream. Tells when the connection has dealt with what it read.</summary>
internal sealed class StreamTransport(Stream stream) : IAsyncTransport
{
    private const int ReadBufferSize = 64 * 1024;

    private readonly byte[] _readBuffer = new byte[ReadBufferSize];
    private int _readPosition;
    private int _readEnd;

    /// <summary>
    /// The connection asks for more bytes: all frames that had come before are dealt with. This is how to learn of frames, such
    /// as the answer to a drain, that raise no event. Handlers run on the thread that reads and must not wait.
    /// </summary>
    public event Action Reading;

    /// <summary>Done when what has been read so far is dealt with. Only to be asked on the thread that reads.</summary>
    public Task WhenDealtWith()
    {
        var dealtWith = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Reading += OnReading;
        return dealtWith.Task;

        void OnReading()
        {
            Reading -= OnReading;
            dealtWith.TrySetResult();
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
        Reading?.Invoke();
        return _readPosition < _readEnd
            ? Task.FromResult(TakeRead(buffer, offset, count))
            : ReadAsync(buffer, offset, count);
    }

    public void Send(ByteBuffer buffer) => throw new NotSupportedException();

    public int Receive(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public void Close()
    {
        stream.Dispose();
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
}
