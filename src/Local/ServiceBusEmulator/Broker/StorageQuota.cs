namespace ServiceBusEmulator.Broker;

/// <summary>The bytes that a queue holds, its dead letters included, against its limit.</summary>
internal sealed class StorageQuota(long limitInBytes)
{
    private long _used;

    public bool HasRoomFor(long bytes) => Volatile.Read(ref _used) + bytes <= limitInBytes;

    public void Add(long bytes) => Interlocked.Add(ref _used, bytes);
}
