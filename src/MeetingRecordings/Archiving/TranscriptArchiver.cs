using System.Globalization;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Archiving;

/// <summary>Brings what was said in a conference into the archive. It is read whole each time, for DingTalk may correct it.</summary>
/// <param name="reader">Reads it; every page is a metered call.</param>
/// <param name="store">The archive.</param>
/// <param name="manifests">Know whom to ask for, and are told where it is.</param>
/// <param name="allowance">Says whether DingTalk may be asked.</param>
/// <param name="clock">The time.</param>
public sealed class TranscriptArchiver(
    TranscriptReader reader, ITranscriptStore store, IManifestStore manifests, CallAllowance allowance, TimeProvider clock)
{
    /// <summary>Works for one slice.</summary>
    /// <param name="slice">The conference.</param>
    /// <param name="cancellationToken">Cancels the slice, by an exception.</param>
    public async Task<SliceResult> RunAsync(Slice slice, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(RecordingArchiver.LongestSlice, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return new SliceResult(slice, await RunOnceAsync(slice, either.Token));
        }
        catch (StoreException e)
        {
            return new SliceResult(slice, new SliceOutcome.NotStored(Failure.OfRecordings(e.Code, e.Message)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SliceResult(slice, new SliceOutcome.Interrupted(new Failure(
                $"{SourceFault.Prefix}timeout",
                string.Create(CultureInfo.InvariantCulture, $"Not all was read within {RecordingArchiver.LongestSlice.TotalMinutes} min."))));
        }
    }

    private async Task<SliceOutcome> RunOnceAsync(Slice slice, CancellationToken cancellationToken)
    {
        if (await allowance.WaitAsync(cancellationToken) is { } wait)
        {
            return new SliceOutcome.Postponed(wait);
        }

        var message = slice.Message;
        var manifest = await manifests.ReadAsync(message.ConferenceId, cancellationToken);
        var read = await reader.ReadAsync(message.CorpId, message.ConferenceId, UsersOf(slice, manifest), cancellationToken);
        await allowance.KeepAsync(read.Calls, cancellationToken);
        switch (read)
        {
            case TranscriptOutcome.Failed failed:
                return new SliceOutcome.Failed(failed.Error);
            case TranscriptOutcome.Found found:
                var (location, bytes) = await store.MergeAsync(found.Transcript, cancellationToken);
                await TellManifestAsync(manifest, location, cancellationToken);
                return new SliceOutcome.Transcribed(bytes, found.Truncated);
            default:
                return new SliceOutcome.Silent(read is TranscriptOutcome.NotFound);
        }
    }

    private static IEnumerable<string> UsersOf(Slice slice, Manifest? manifest)
        => new[] { slice.Message.UnionId }.Concat(slice.Lineage.KnownUnionIds)
            .Concat(manifest?.Videos.Select(static video => video.RecorderUnionId) ?? [])
            .Append(manifest?.Meeting.OrganizerUnionId)
            .OfType<string>().Where(Identifiers.IsPrincipal).Distinct();

    // A manifest that was erased meanwhile is not made again.
    private async Task TellManifestAsync(Manifest? manifest, string location, CancellationToken cancellationToken)
    {
        if (manifest is not null)
        {
            _ = await manifests.MergeAsync(manifest with { Transcript = location }, requestId: null, expectStored: true, cancellationToken);
        }
    }
}
