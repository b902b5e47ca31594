using MeetingRecordings.Archiving;

namespace EndToEnd.Tests.Archive;

/// <summary>A store in which another writer puts the file together just before this one does.</summary>
internal sealed class OvertakenStore(IRecordingStore inner, Func<Task> overtake) : IRecordingStore
{
    public async Task<bool> CommitAsync(
        RecordingName name, IReadOnlyList<string> blockIds, SourceIdentity source, CancellationToken cancellationToken)
    {
        await overtake();
        return await inner.CommitAsync(name, blockIds, source, cancellationToken);
    }

    public string LocationOf(string name) => inner.LocationOf(name);

    public Task<Sidecar?> ReadSidecarAsync(RecordingName name, CancellationToken cancellationToken)
        => inner.ReadSidecarAsync(name, cancellationToken);

    public Task WriteSidecarAsync(RecordingName name, Sidecar sidecar, CancellationToken cancellationToken)
        => inner.WriteSidecarAsync(name, sidecar, cancellationToken);

    public Task<StoredFile?> FindAsync(RecordingName name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public Task<IReadOnlyCollection<string>> ListBlocksAsync(RecordingName name, CancellationToken cancellationToken)
        => inner.ListBlocksAsync(name, cancellationToken);

    public Task PutBlockAsync(RecordingName name, string blockId, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => inner.PutBlockAsync(name, blockId, bytes, cancellationToken);

    public Task ClearAsync(RecordingName name, CancellationToken cancellationToken) => inner.ClearAsync(name, cancellationToken);

    public Task<byte[]> ComputeSha256Async(RecordingName name, CancellationToken cancellationToken)
        => inner.ComputeSha256Async(name, cancellationToken);
}
