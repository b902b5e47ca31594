using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Storage;

namespace MeetingRecordings.Functions.Operators;

/// <summary>Deletes a conference's manifest with its snapshots and versions.</summary>
/// <param name="container">Where manifests are.</param>
internal sealed class BlobErasure(BlobContainerClient container)
{
    /// <summary>Deletes them, unless it is a dry run.</summary>
    public async Task<IReadOnlyList<ErasedPlace>> RunAsync(string conferenceId, bool dryRun, CancellationToken cancellationToken)
    {
        var name = ManifestBlobName.Of(conferenceId);
        var (manifests, versions, snapshots) = (0, 0, 0);
        foreach (var blob in await FindAsync(name, cancellationToken))
        {
            _ = IsCurrent(blob) ? manifests++ : blob.Snapshot is null ? versions++ : snapshots++;
        }

        if (!dryRun)
        {
            // Where versions are kept, what is deleted becomes one; so these come last.
            await container.GetBlobClient(name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
            foreach (var blob in (await FindAsync(name, cancellationToken)).Where(static blob => blob.VersionId is not null))
            {
                await container.GetBlobBaseClient(name).WithVersion(blob.VersionId).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            }
        }

        return
        [
            Place("manifest", manifests),
            Place("among its versions", versions),
            Place("among its snapshots", snapshots),
        ];

        ErasedPlace Place(string place, int found) => new(place, found, dryRun ? 0 : found);
    }

    private static bool IsCurrent(BlobItem blob) => blob.Snapshot is null && (blob.VersionId is null || blob.IsLatestVersion == true);

    private async Task<IReadOnlyList<BlobItem>> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = new List<BlobItem>();
        try
        {
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.Snapshots | BlobStates.Version, name, cancellationToken))
            {
                if (blob.Name == name)
                {
                    found.Add(blob);
                }
            }
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            // Nothing was ever written there.
        }

        return found;
    }
}
