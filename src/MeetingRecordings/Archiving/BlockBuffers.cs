using System.Collections.Concurrent;

namespace MeetingRecordings.Archiving;

/// <summary>
/// The memory for blocks under way, of all files together: whoever wants a buffer waits until one is free. Buffers are kept for the next.
/// </summary>
/// <param name="count">How many there are.</param>
/// <param name="length">The length of each, in bytes.</param>
public sealed class BlockBuffers(int count = BlockBuffers.DefaultCount, int length = Block.DefaultLength) : IDisposable
{
    /// <summary>How many there are: with them, 16 files under way take 128 MiB.</summary>
    public const int DefaultCount = 8;

    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentBag<byte[]> _kept = [];

    /// <summary>The length of each, in bytes.</summary>
    public int Length => length;

    /// <summary>Takes a buffer, once one is free.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<Lease> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Lease(this, _kept.TryTake(out var kept) ? kept : new byte[length]);
    }

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();

    /// <summary>A buffer, until it is given back.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly BlockBuffers _owner;
        private byte[]? _buffer;

        internal Lease(BlockBuffers owner, byte[] buffer) => (_owner, _buffer) = (owner, buffer);

        /// <summary>The memory.</summary>
        public Memory<byte> Memory => _buffer;

        /// <inheritdoc />
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            {
                _owner._kept.Add(buffer);
                _owner._free.Release();
            }
        }
    }
}
