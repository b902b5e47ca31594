using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace MeetingRecordings.Functions.Storage;

/// <summary>Writes a blob in turns with other writers.</summary>
internal static class ConditionalUpload
{
    /// <summary>Writes JSON where the blob is still as it was read, or still absent; makes the container where there is none.</summary>
    /// <param name="container">The container.</param>
    /// <param name="name">The blob's name.</param>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="read">The ETag of the blob as it was read; null where there was none.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="tags">Its index tags.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False where another writer was faster.</returns>
    public static async Task<bool> TryWriteJsonAsync(
        this BlobContainerClient container,
        string name,
        BinaryData json,
        ETag? read,
        IDictionary<string, string>? metadata,
        IDictionary<string, string>? tags,
        CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Conditions = read is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = read },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = metadata,
            Tags = tags,
        };
        for (var wasMade = false; ; wasMade = true)
        {
            try
            {
                await container.GetBlobClient(name).UploadAsync(json, options, cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet)
            {
                return false;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound && !wasMade)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Whether a failure says that there is no such blob. The container is made with the first one.</summary>
    public static bool IsAbsence(RequestFailedException e)
        => e.ErrorCode == BlobErrorCode.BlobNotFound || e.ErrorCode == BlobErrorCode.ContainerNotFound;
}
