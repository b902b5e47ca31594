namespace MeetingRecordings.Archiving;

/// <summary>
/// Keeps files of recordings. A file is put together from blocks: they are there until it is committed, for some days at most, and it is
/// there as a whole or not at all. Every operation throws <see cref="StoreException"/> where the store cannot be reached or refuses.
/// </summary>
public interface IRecordingStore
{
    /// <summary>Where something is: the container and the blob's name.</summary>
    string LocationOf(string name);

    /// <summary>What is written down of a recording; null where nothing is.</summary>
    Task<Sidecar?> ReadSidecarAsync(RecordingName name, CancellationToken cancellationToken);

    /// <summary>Writes down what became of a recording, in place of what was written before.</summary>
    Task WriteSidecarAsync(RecordingName name, Sidecar sidecar, CancellationToken cancellationToken);

    /// <summary>The file; null where there is none.</summary>
    Task<StoredFile?> FindAsync(RecordingName name, CancellationToken cancellationToken);

    /// <summary>The ids of the blocks that wait to be committed.</summary>
    Task<IReadOnlyCollection<string>> ListBlocksAsync(RecordingName name, CancellationToken cancellationToken);

    /// <summary>Stores a block, whose checksum is verified on the way.</summary>
    /// <exception cref="StoreException">With the code <see cref="StoreCodes.ChecksumMismatch"/> where it did not arrive whole.</exception>
    Task PutBlockAsync(RecordingName name, string blockId, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Puts the file together from blocks, where there is none yet.</summary>
    /// <returns>False where there is one.</returns>
    Task<bool> CommitAsync(RecordingName name, IReadOnlyList<string> blockIds, SourceIdentity source, CancellationToken cancellationToken);

    /// <summary>Drops the blocks that wait, and a file of no length. A file with a length stays.</summary>
    Task ClearAsync(RecordingName name, CancellationToken cancellationToken);

    /// <summary>The SHA-256 of the file as it is stored.</summary>
    Task<byte[]> ComputeSha256Async(RecordingName name, CancellationToken cancellationToken);
}
