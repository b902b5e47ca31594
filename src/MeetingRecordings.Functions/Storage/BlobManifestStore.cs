using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Storage;

/// <summary>
/// Keeps manifests as blobs named <c>{conferenceId}.json</c>. Writers that meet take turns by the blob's ETag, each merging
/// what the other has written, so neither is lost.
/// </summary>
/// <param name="container">The container; made on first use.</param>
/// <param name="clock">The time.</param>
/// <param name="checkpoints">Told of every step. Default: nobody.</param>
public sealed class BlobManifestStore(BlobContainerClient container, TimeProvider clock, ICheckpoints? checkpoints = null) : IManifestStore
{
    // Each lost turn means that another writer has succeeded, and one conference never has many.
    private const int MaxTurns = 20;

    /// <inheritdoc />
    public Task<ManifestWrite> MergeAsync(Manifest manifest, string? requestId, bool expectStored, CancellationToken cancellationToken)
        => WithFailuresAsync(() => MergeInTurnsAsync(manifest, requestId, expectStored, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<bool> IsRecordedAsync(string conferenceId, CancellationToken cancellationToken)
        => WithFailuresAsync(
            async () => await StoredManifest.ReadAsync(BlobOf(conferenceId), conferenceId, cancellationToken).ConfigureAwait(false)
                is { Manifest.Status: ManifestStatus.Recorded },
            cancellationToken);

    private BlobClient BlobOf(string conferenceId) => container.GetBlobClient(ManifestBlobName.Of(conferenceId));

    private static async Task<T> WithFailuresAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            return await use().ConfigureAwait(false);
        }
        catch (RequestFailedException e)
        {
            throw new ManifestStoreException(e.ErrorCode ?? $"http{e.Status}", $"Blob Storage answered {e.Status} {e.ErrorCode}.", e);
        }
        catch (Exception e) when (e is AggregateException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What the SDK throws once its own retries of a broken or silent connection are spent.
            throw new ManifestStoreException("unreachable", "Blob Storage cannot be reached.", e);
        }
        catch (InvalidDataException e)
        {
            throw new ManifestStoreException("unreadable", e.Message, e);
        }
    }

    private async Task<ManifestWrite> MergeInTurnsAsync(Manifest manifest, string? requestId, bool expectStored, CancellationToken cancellationToken)
    {
        var blob = BlobOf(manifest.ConferenceId);
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var stored = expectStored || turn > 0
                ? await StoredManifest.ReadAsync(blob, manifest.ConferenceId, cancellationToken).ConfigureAwait(false)
                : null;
            var merged = stored?.Manifest.Merge(manifest) ?? manifest;
            if (stored?.IsSameAs(merged) == true)
            {
                return ManifestWrite.Unchanged;
            }

            var conditions = stored is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = stored.ETag };
            if (await TryWriteAsync(blob, merged, requestId, conditions, (stored?.Revision ?? 0) + 1, cancellationToken).ConfigureAwait(false))
            {
                return stored is null ? ManifestWrite.Created : ManifestWrite.Updated;
            }
        }

        throw new ManifestStoreException("contended", $"The manifest was rewritten by others {MaxTurns} times.", new TimeoutException());
    }

    private async Task<bool> TryWriteAsync(
        BlobClient blob,
        Manifest manifest,
        string? requestId,
        BlobRequestConditions conditions,
        int revision,
        CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = Metadata(manifest, requestId, revision),
            Tags = Tags(manifest),
        };
        var body = BinaryData.FromBytes(ManifestJson.Serialize(manifest));
        for (var containerMade = false; ; containerMade = true)
        {
            try
            {
                checkpoints?.Pass(Checkpoint.ManifestReady);
                await blob.UploadAsync(body, options, cancellationToken).ConfigureAwait(false);
                checkpoints?.Pass(Checkpoint.ManifestWritten);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412
                && (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet))
            {
                return false;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound && !containerMade)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Dictionary<string, string> Metadata(Manifest manifest, string? requestId, int revision)
    {
        var metadata = new Dictionary<string, string>
        {
            [ManifestMetadata.FetchedAt] = clock.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            [ManifestMetadata.Revision] = revision.ToString(CultureInfo.InvariantCulture),
            [ManifestMetadata.EndedAtSource] = manifest.EndedAtSource.ToString(),
        };
        if (requestId is not null)
        {
            metadata[ManifestMetadata.RequestId] = requestId;
        }

        return metadata;
    }

    private static Dictionary<string, string> Tags(Manifest manifest)
    {
        var tags = new Dictionary<string, string> { [ManifestTags.Status] = ManifestJson.ToText(manifest.Status) };
        if (manifest.CorpId is not null)
        {
            tags[ManifestTags.CorpId] = BlobTagValue.From(manifest.CorpId);
        }

        if (manifest.EndedAt is { } endedAt)
        {
            tags[ManifestTags.EndedOn] = endedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return tags;
    }
}
