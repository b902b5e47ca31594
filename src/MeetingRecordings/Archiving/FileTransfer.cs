using System.Collections.Concurrent;
using System.Security.Cryptography;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Archiving;

/// <summary>
/// Brings a file from its source into the store, block by block, as far as the time of a slice goes. What an earlier slice has stored of
/// the same version is not fetched again.
/// </summary>
internal sealed class FileTransfer(
    RecordingName name,
    Uri firstUrl,
    PlayInfoInquiry inquiry,
    IRecordingStore store,
    MediaSource source,
    BlockBuffers buffers,
    TimeProvider clock) : IDisposable
{
    /// <summary>For how long blocks are begun: 3 min, so that those under way end within the slice.</summary>
    public static readonly TimeSpan BeginsBlocksFor = TimeSpan.FromMinutes(3);

    /// <summary>The longest file that is fetched in one piece, where its source gives no parts: 2 GiB.</summary>
    public const long MaxWholeLength = 2L * 1024 * 1024 * 1024;

    // The length of a box and its type, which say that it is an MP4.
    private const int HeadLength = 12;
    private const int BlocksAtOnce = 4;
    private const int MaxTries = 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _renewal = new(1, 1);
    private readonly long _start = clock.GetTimestamp();
    private Uri _url = firstUrl;
    private bool _wasRenewed;
    private int _newBlocks;

    /// <summary>What the file is at its source.</summary>
    public SourceIdentity Source { get; private set; } = new(null, null);

    /// <summary>The file's length in bytes, once all of it is stored.</summary>
    public long Length { get; private set; }

    /// <summary>The ids of the file's blocks, once all of them are stored.</summary>
    public IReadOnlyList<string> BlockIds { get; private set; } = [];

    /// <summary>The file's SHA-256; null where no single pass has seen all of it.</summary>
    public byte[]? Sha256 { get; private set; }

    /// <summary>How many blocks were stored.</summary>
    public int NewBlocks => Volatile.Read(ref _newBlocks);

    /// <summary>Transfers.</summary>
    /// <param name="maxLength">The greatest length that is wanted.</param>
    /// <param name="cancellationToken">Cancels what is under way, by an exception.</param>
    /// <returns>Null where every block is stored; else why not.</returns>
    public async Task<SliceOutcome?> RunAsync(long maxLength, CancellationToken cancellationToken)
    {
        var (answer, fault) = await OpenAsync(0, HeadLength - 1, cancellationToken);
        if (answer is { IsPart: true, Identity.Length: null })
        {
            // Without the length, parts cannot be told from one another.
            answer.Dispose();
            (answer, fault) = await OpenAsync(0, null, cancellationToken);
        }

        if (answer is null)
        {
            return OutcomeOf(fault!);
        }

        using (answer)
        {
            Source = answer.Identity;
            if (Source.Length > maxLength)
            {
                Length = Source.Length.Value;
                return new SliceOutcome.Skipped(SkipReasons.TooLarge);
            }

            var body = await answer.ReadAsync(cancellationToken);
            var head = new byte[HeadLength];
            var (read, broken) = await source.FillAsync(body, head, cancellationToken);
            return broken is not null ? OutcomeOf(broken)
                : !IsMp4(head) ? OutcomeOf(SourceFault.Refused("noMp4", "What the source answers with does not begin as an MP4 does."))
                : answer.IsPart ? await FetchPartsAsync(Source.Length!.Value, cancellationToken)
                : await FetchWholeAsync(head.AsMemory(0, read), body, maxLength, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _renewal.Dispose();

    private static bool IsMp4(ReadOnlySpan<byte> head) => head[4..8].SequenceEqual("ftyp"u8);

    private static SliceOutcome OutcomeOf(SourceFault fault) => fault.Kind switch
    {
        SourceFaultKind.Refused => new SliceOutcome.Refused(fault.Failure),
        SourceFaultKind.NotAllowed => new SliceOutcome.Unusable(ArchiveReasons.SourceNotAllowed, fault.Failure),
        _ => new SliceOutcome.Interrupted(fault.Failure),
    };

    private async Task<SliceOutcome?> FetchPartsAsync(long length, CancellationToken cancellationToken)
    {
        var blocks = Block.Cut(length, buffers.Length);
        var stored = await ListStoredAsync(cancellationToken);
        var missing = new ConcurrentQueue<Block>(blocks.Where(block => !stored.Contains(Source.BlockIdOf(block))));
        SourceFault? first = null;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(BlocksAtOnce, missing.Count)).Select(_ => FetchAllAsync()));
        if (first is not null || !missing.IsEmpty)
        {
            return first is null ? new SliceOutcome.Unfinished() : OutcomeOf(first);
        }

        Length = length;
        BlockIds = [.. blocks.Select(Source.BlockIdOf)];
        return null;

        async Task FetchAllAsync()
        {
            while (first is null && clock.GetElapsedTime(_start) < BeginsBlocksFor && missing.TryDequeue(out var block))
            {
                if (await FetchAsync(block, isOnly: blocks.Count == 1, cancellationToken) is { } fault)
                {
                    first ??= fault;
                }
            }
        }
    }

    private async Task<SourceFault?> FetchAsync(Block block, bool isOnly, CancellationToken cancellationToken)
    {
        using var lease = await buffers.RentAsync(cancellationToken);
        var bytes = lease.Memory[..block.Length];
        for (var tries = 1; ; tries++)
        {
            var fault = await FetchOnceAsync(block, bytes, cancellationToken);
            if (fault is null)
            {
                Sha256 = isOnly ? SHA256.HashData(bytes.Span) : null;
                return null;
            }

            if (fault.Kind != SourceFaultKind.Interrupted || tries == MaxTries)
            {
                return fault;
            }

            await Task.Delay(RetryDelay * tries, clock, cancellationToken);
        }
    }

    private async Task<SourceFault?> FetchOnceAsync(Block block, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        var (answer, fault) = await OpenAsync(block.Offset, block.Last, cancellationToken);
        if (answer is null)
        {
            return fault;
        }

        using (answer)
        {
            if (!answer.IsPart || answer.First != block.Offset || (answer.BodyLength ?? block.Length) != block.Length)
            {
                return SourceFault.Interrupted("wrongPart", "The source has answered with another part of the file than was asked for.");
            }

            if (!answer.Identity.Agrees(Source))
            {
                return SourceFault.Changed();
            }

            var (read, broken) = await source.FillAsync(await answer.ReadAsync(cancellationToken), bytes, cancellationToken);
            return broken ?? (read < block.Length
                ? SourceFault.Interrupted("shortBody", "The source has sent less than it had announced.")
                : await PutAsync(Source.BlockIdOf(block), bytes, cancellationToken));
        }
    }

    private async Task<SliceOutcome?> FetchWholeAsync(Memory<byte> head, Stream body, long maxLength, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var lease = await buffers.RentAsync(cancellationToken);
        var stored = await ListStoredAsync(cancellationToken);
        var ids = new List<string>();
        head.CopyTo(lease.Memory);
        var (offset, filled) = (0L, head.Length);
        while (true)
        {
            var (read, fault) = await source.FillAsync(body, lease.Memory[filled..], cancellationToken);
            var bytes = lease.Memory[..(filled + read)];
            if (fault is not null || bytes.IsEmpty)
            {
                return fault is null ? FinishWhole(offset, ids, hash) : OutcomeOf(fault);
            }

            var block = new Block(ids.Count, offset, bytes.Length);
            (offset, filled) = (offset + bytes.Length, 0);
            if (offset > maxLength || offset > MaxWholeLength)
            {
                Length = offset;
                return offset > maxLength ? new SliceOutcome.Skipped(SkipReasons.TooLarge)
                    : new SliceOutcome.Unusable(
                        ArchiveReasons.NoRange, SourceFault.Interrupted(ArchiveReasons.NoRange, "The source gives no parts.").Failure);
            }

            hash.AppendData(bytes.Span);
            ids.Add(Source.BlockIdOf(block));
            if (!stored.Contains(ids[^1]) && await PutAsync(ids[^1], bytes, cancellationToken) is { } broken)
            {
                return OutcomeOf(broken);
            }
        }
    }

    private SliceOutcome.Interrupted? FinishWhole(long length, List<string> ids, IncrementalHash hash)
    {
        if (Source.Length is { } announced && announced != length)
        {
            return new SliceOutcome.Interrupted(SourceFault.Interrupted("shortBody", "The source has sent less than it had announced.").Failure);
        }

        (Length, BlockIds, Sha256) = (length, ids, hash.GetHashAndReset());
        return null;
    }

    private async Task<SourceFault?> PutAsync(string blockId, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await store.PutBlockAsync(name, blockId, bytes, cancellationToken);
        }
        catch (StoreException e) when (e.Code == StoreCodes.ChecksumMismatch)
        {
            return SourceFault.Interrupted("checksum", "A block did not arrive in Blob Storage as it was sent.");
        }

        Interlocked.Increment(ref _newBlocks);
        RecordingTelemetry.Transferred(bytes.Length);
        return null;
    }

    // What others have left there under ids of another length makes Blob Storage refuse ours.
    private async Task<IReadOnlyCollection<string>> ListStoredAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ListBlocksAsync(name, cancellationToken);
        if (stored.All(static id => id.Length == SourceIdentity.BlockIdLength))
        {
            return stored.ToHashSet(StringComparer.Ordinal);
        }

        await store.ClearAsync(name, cancellationToken);
        return [];
    }

    private async Task<(SourceAnswer? Answer, SourceFault? Fault)> OpenAsync(long first, long? last, CancellationToken cancellationToken)
    {
        while (true)
        {
            var url = Volatile.Read(ref _url);
            var (answer, fault) = await source.OpenAsync(url, first, last, cancellationToken);
            if (fault is not { Kind: SourceFaultKind.Refused } || !await RenewAsync(url, cancellationToken))
            {
                return (answer, fault);
            }
        }
    }

    // One asks for all, once a slice.
    private async Task<bool> RenewAsync(Uri refused, CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken);
        try
        {
            if (!_wasRenewed && ReferenceEquals(_url, refused))
            {
                _wasRenewed = true;
                if (await inquiry.AskAsync(cancellationToken) is ApiAnswer<PlayInfo>.Ok { Value.Mp4Url: { } url })
                {
                    Volatile.Write(ref _url, url);
                }
            }

            return !ReferenceEquals(_url, refused);
        }
        finally
        {
            _renewal.Release();
        }
    }
}
