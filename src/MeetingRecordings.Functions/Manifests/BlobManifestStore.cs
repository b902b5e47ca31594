using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>
/// Keeps manifests as blobs named <c>{conferenceId}.json</c>. Writers that meet take turns by the blob's ETag, each merging
/// what the other has written, so neither is lost.
/// </summary>
/// <param name="container">The container; made on first use.</param>
/// <param name="omitted">What of a meeting's details is not kept, nor left where it is found.</param>
/// <param name="clock">The time.</param>
public sealed class BlobManifestStore(BlobContainerClient container, MeetingFields omitted, TimeProvider clock) : IManifestStore
{
    // Each lost turn means that another writer has succeeded, and one conference never has many.
    private const int MaxTurns = 20;

    /// <inheritdoc />
    public Task<ManifestWrite> MergeAsync(Manifest manifest, string? requestId, bool expectStored, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(() => MergeInTurnsAsync(manifest, requestId, expectStored, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<Manifest?> ReadAsync(string conferenceId, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(async () => (await FindUnarchivedAsync(conferenceId, cancellationToken))?.Manifest, cancellationToken);

    // What lies in the archive tier cannot be read without being paid for and waited for; DingTalk is asked as if it were not there.
    private async Task<StoredManifest?> FindUnarchivedAsync(string conferenceId, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(conferenceId, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobArchived)
        {
            return null;
        }
    }

    private Task<StoredManifest?> FindAsync(string conferenceId, CancellationToken cancellationToken)
        => StoredManifest.ReadAsync(container.GetBlobClient(ManifestBlobName.Of(conferenceId)), conferenceId, cancellationToken);

    private async Task<ManifestWrite> MergeInTurnsAsync(
        Manifest manifest, string? requestId, bool expectStored, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            StoredManifest? stored;
            try
            {
                stored = expectStored || turn > 0 ? await FindAsync(manifest.ConferenceId, cancellationToken) : null;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobArchived)
            {
                return await MergeIntoArchivedAsync(manifest, e, cancellationToken);
            }

            var merged = (stored?.Manifest.Merge(manifest) ?? manifest).Without(omitted);
            if (stored?.IsSameAs(merged) == true)
            {
                return ManifestWrite.Unchanged;
            }

            try
            {
                if (await TryWriteAsync(merged, stored, requestId, cancellationToken))
                {
                    return stored is null ? ManifestWrite.Created : ManifestWrite.Updated;
                }
            }
            catch (RequestFailedException e) when (stored is null && HeldBlob.IsHeld(e))
            {
                // Whether there is anything to write shows once what is held is read.
                return await MergeInTurnsAsync(manifest, requestId, expectStored: true, cancellationToken);
            }
        }

        throw new StoreException("contended", $"The manifest was rewritten by others {MaxTurns} times.", new TimeoutException());
    }

    private async Task<ManifestWrite> MergeIntoArchivedAsync(Manifest manifest, RequestFailedException refusal, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(ManifestBlobName.Of(manifest.ConferenceId));
        BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        return HeldBlob.Holds(properties, manifest) ? ManifestWrite.Unchanged : throw refusal;
    }

    private async Task<bool> TryWriteAsync(Manifest merged, StoredManifest? stored, string? requestId, CancellationToken cancellationToken)
    {
        var name = ManifestBlobName.Of(merged.ConferenceId);
        requestId ??= stored is not null && stored.Details.Metadata.TryGetValue(ManifestMetadata.RequestId, out var before) ? before : null;
        var (metadata, tags) = (Metadata(merged, requestId, (stored?.Revision ?? 0) + 1), Tags(merged));
        if (stored is not null)
        {
            // A write replaces all of both.
            Keep(stored.Details.Metadata, metadata, ManifestMetadata.IsOurs);
            if (stored.Details.TagCount != Tags(stored.Manifest).Count)
            {
                GetBlobTagResult others = await container.GetBlobClient(name).GetTagsAsync(cancellationToken: cancellationToken);
                Keep(others.Tags, tags, ManifestTags.IsOurs);
            }
        }

        return await container.TryWriteJsonAsync(
            name, BinaryData.FromBytes(ManifestJson.Serialize(merged)), stored?.Details.ETag, metadata, tags, cancellationToken);
    }

    private static void Keep(IDictionary<string, string> stored, Dictionary<string, string> written, Func<string, bool> isOurs)
    {
        foreach (var (name, value) in stored.Where(pair => !isOurs(pair.Key)))
        {
            written.TryAdd(name, value);
        }
    }

    private Dictionary<string, string> Metadata(Manifest manifest, string? requestId, int revision)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
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
            tags[ManifestTags.EndedOn] = ManifestTags.DayOf(endedAt);
        }

        return tags;
    }
}
