using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MeetingRecordings.Archiving;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Storage;

namespace MeetingRecordings.Functions.Operators;

/// <summary>Deletes what the archive has of a conference: files, what is written down of them, what was said, and blocks that wait.</summary>
/// <param name="container">The archive.</param>
internal sealed class ArchiveErasure(BlobContainerClient container)
{
    /// <summary>Deletes them, unless it is a dry run.</summary>
    public async Task<ErasedPlace> RunAsync(string conferenceId, bool dryRun, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var prefix in (string[])[$"{RecordingName.FolderOf(conferenceId)}/", $"{BlobTranscriptStore.NameOf(conferenceId)}."])
        {
            foreach (var blob in await FindAsync(prefix, cancellationToken))
            {
                found++;
                if (!dryRun)
                {
                    await DeleteAsync(blob, cancellationToken);
                }
            }
        }

        return new ErasedPlace("in the archive", found, dryRun ? 0 : found);
    }

    private async Task DeleteAsync(BlobItem blob, CancellationToken cancellationToken)
    {
        // Of a blob that is no more than blocks there is nothing to delete, until it is put together.
        if (blob.Properties is { ContentLength: null or 0, ETag: null })
        {
            await container.GetBlockBlobClient(blob.Name).CommitBlockListAsync([], cancellationToken: cancellationToken);
        }

        await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
    }

    private async Task<IReadOnlyList<BlobItem>> FindAsync(string prefix, CancellationToken cancellationToken)
    {
        try
        {
            return await container.GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, prefix, cancellationToken).ToListAsync(cancellationToken);
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            return [];
        }
    }
}
