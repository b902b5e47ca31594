using System.Globalization;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Archiving;

/// <summary>
/// Brings a recording's file into the archive, a slice at a time. What a slice has stored waits in the store for the next one, so a crash
/// costs the blocks under way and no more.
/// </summary>
/// <param name="dingTalk">DingTalk's API, whose calls are metered: one a slice, and one more where the URL is refused.</param>
/// <param name="store">The archive.</param>
/// <param name="manifests">Are told where the file is.</param>
/// <param name="source">Where the files are.</param>
/// <param name="buffers">The memory for blocks under way.</param>
/// <param name="allowance">Says whether DingTalk may be asked.</param>
/// <param name="options">What is wanted.</param>
/// <param name="clock">The time.</param>
public sealed class RecordingArchiver(
    DingTalkClient dingTalk,
    IRecordingStore store,
    IManifestStore manifests,
    MediaSource source,
    BlockBuffers buffers,
    CallAllowance allowance,
    ArchiveOptions options,
    TimeProvider clock)
{
    /// <summary>The longest slice: 4 min, for the lock of a message is renewed for five.</summary>
    public static readonly TimeSpan LongestSlice = TimeSpan.FromMinutes(4);

    /// <summary>Works for one slice.</summary>
    /// <param name="slice">The recording.</param>
    /// <param name="cancellationToken">Cancels the slice, by an exception.</param>
    public async Task<SliceResult> RunAsync(Slice slice, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(LongestSlice, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var inquiry = new PlayInfoInquiry(dingTalk, slice);
        var work = new SliceWork(inquiry, new RecordingName(slice.Message.ConferenceId, slice.Message.MediaId!));
        SliceOutcome outcome;
        try
        {
            outcome = await RunAsync(work, either.Token);
        }
        catch (StoreException e)
        {
            outcome = await FailAsync(work, e, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = work.NewBlocks > 0
                ? new SliceOutcome.Unfinished()
                : new SliceOutcome.Interrupted(new Failure(
                    $"{SourceFault.Prefix}timeout",
                    string.Create(CultureInfo.InvariantCulture, $"No block of the file came within {LongestSlice.TotalMinutes} min.")));
        }

        await allowance.KeepAsync(inquiry.Calls, cancellationToken);
        return new SliceResult(inquiry.Slice, outcome, work.NewBlocks);
    }

    private async Task<SliceOutcome> RunAsync(SliceWork work, CancellationToken cancellationToken)
    {
        var written = await store.ReadSidecarAsync(work.Name, cancellationToken);
        if (await WithoutAskingAsync(work, written, cancellationToken) is { } settled)
        {
            return settled;
        }

        if (await allowance.WaitAsync(cancellationToken) is { } wait)
        {
            return new SliceOutcome.Postponed(wait);
        }

        return await work.Inquiry.AskAsync(cancellationToken) switch
        {
            { Error: { Class: ErrorClass.NotReady } } => await MissAsync(work, cancellationToken),
            { Error: { } error } => new SliceOutcome.Failed(error),
            ApiAnswer<PlayInfo>.Ok { Value.Mp4Url: { } url } => await TransferAsync(work, url, cancellationToken),
            _ => new SliceOutcome.Unusable(
                ArchiveReasons.NoMp4, new Failure($"{SourceFault.Prefix}{ArchiveReasons.NoMp4}", "DingTalk names no MP4 of this video.")),
        };
    }

    private async Task<SliceOutcome?> WithoutAskingAsync(SliceWork work, Sidecar? written, CancellationToken cancellationToken)
    {
        var message = work.Inquiry.Slice.Message;
        if (written is { State: ArchiveState.Archived } && !message.Again)
        {
            return new SliceOutcome.Settled();
        }

        switch (await store.FindAsync(work.Name, cancellationToken))
        {
            case { Length: > 0 } file:
                return written is { State: ArchiveState.Archived }
                    ? new SliceOutcome.Settled()
                    : await AcceptAsync(work, file, null, cancellationToken);
            case not null:
                // What a crash leaves between the two steps of a clearance.
                await store.ClearAsync(work.Name, cancellationToken);
                break;
        }

        if (written is { State: ArchiveState.Gone } && !message.Again)
        {
            return new SliceOutcome.Settled();
        }

        var reason = options.Videos == ArchivedVideos.Composed && message.RecordType != Video.Composed ? SkipReasons.NotComposed
            : message.DurationMs < options.MinDuration.TotalMilliseconds ? SkipReasons.TooShort
            : written is { Reason: SkipReasons.TooLarge } && written.Bytes > MaxBytes ? SkipReasons.TooLarge
            : null;
        return reason is null ? null : await SkipAsync(work, reason, written?.Bytes, written, cancellationToken);
    }

    private long MaxBytes => options.MaxBytes ?? (long)buffers.Length * Block.MaxCount;

    private async Task<SliceOutcome> TransferAsync(SliceWork work, Uri url, CancellationToken cancellationToken)
    {
        using var transfer = new FileTransfer(work.Name, url, work.Inquiry, store, source, buffers, clock);
        work.Transfer = transfer;
        switch (await transfer.RunAsync(MaxBytes, cancellationToken))
        {
            case SliceOutcome.Skipped skipped:
                return await SkipAsync(work, skipped.Reason, transfer.Length, null, cancellationToken);
            case { } outcome:
                return outcome;
        }

        // Where another writer was faster, what counts is whether its file is whole.
        _ = await store.CommitAsync(work.Name, transfer.BlockIds, transfer.Source with { Length = transfer.Length }, cancellationToken);
        return await store.FindAsync(work.Name, cancellationToken) is { } file
            ? await AcceptAsync(work, file, transfer.Sha256, cancellationToken)
            : new SliceOutcome.NotStored(Failure.OfRecordings("notThere", "The file is not there after it was put together."));
    }

    private async Task<SliceOutcome> AcceptAsync(SliceWork work, StoredFile file, byte[]? sha256, CancellationToken cancellationToken)
    {
        if (!file.IsWhole)
        {
            return new SliceOutcome.NotStored(Failure.OfRecordings(
                "wrongLength", "The file in the archive has another length than at its source. Move it away, then replay."));
        }

        sha256 ??= options.VerifiesSha256 ? await store.ComputeSha256Async(work.Name, cancellationToken) : null;
        await TellManifestAsync(work, cancellationToken);
        await WriteAsync(
            work,
            ArchiveState.Archived,
            sidecar => sidecar with
            {
                Bytes = file.Length,
                SourceETag = file.Source.ETag,
                Sha256 = sha256 is null ? null : Convert.ToHexStringLower(sha256),
            },
            cancellationToken);
        return new SliceOutcome.Archived(file.Length);
    }

    // Before the sidecar, which says that nothing is left to do. A manifest that was erased meanwhile is not made again.
    private async Task TellManifestAsync(SliceWork work, CancellationToken cancellationToken)
    {
        var (conferenceId, mediaId) = work.Name;
        if (await manifests.ReadAsync(conferenceId, cancellationToken) is { } manifest
            && manifest.Videos.FirstOrDefault(video => video.MediaId == mediaId) is { } video)
        {
            var known = Manifest.Recorded(conferenceId, [video with { File = store.LocationOf(work.Name.File) }]);
            _ = await manifests.MergeAsync(known, requestId: null, expectStored: true, cancellationToken);
        }
    }

    private async Task<SliceOutcome> SkipAsync(
        SliceWork work, string reason, long? bytes, Sidecar? written, CancellationToken cancellationToken)
    {
        if (written?.Reason != reason)
        {
            await WriteAsync(work, ArchiveState.Skipped, sidecar => sidecar with { Reason = reason, Bytes = bytes }, cancellationToken);
        }

        return new SliceOutcome.Skipped(reason);
    }

    private async Task<SliceOutcome> MissAsync(SliceWork work, CancellationToken cancellationToken)
    {
        if (!ArchivePolicy.IsLastWord(work.Inquiry.Slice.Lineage.Checks))
        {
            return new SliceOutcome.NotFound();
        }

        await WriteAsync(work, ArchiveState.Gone, static sidecar => sidecar, cancellationToken);
        return new SliceOutcome.Gone();
    }

    private Task WriteAsync(SliceWork work, ArchiveState state, Func<Sidecar, Sidecar> complete, CancellationToken cancellationToken)
    {
        var sidecar = new Sidecar(work.Name.ConferenceId, work.Name.MediaId, state) { At = clock.GetUtcNow() };
        return store.WriteSidecarAsync(work.Name, complete(sidecar), cancellationToken);
    }

    private async Task<SliceOutcome> FailAsync(SliceWork work, StoreException failure, CancellationToken cancellationToken)
    {
        if (failure.Code == StoreCodes.InvalidBlock)
        {
            try
            {
                await store.ClearAsync(work.Name, cancellationToken);
            }
            catch (StoreException)
            {
                // The first failure says more.
            }
        }

        return new SliceOutcome.NotStored(Failure.OfRecordings(failure.Code, failure.Message));
    }

    private sealed class SliceWork(PlayInfoInquiry inquiry, RecordingName name)
    {
        public PlayInfoInquiry Inquiry => inquiry;

        public RecordingName Name => name;

        public FileTransfer? Transfer { get; set; }

        public int NewBlocks => Transfer?.NewBlocks ?? 0;
    }
}
