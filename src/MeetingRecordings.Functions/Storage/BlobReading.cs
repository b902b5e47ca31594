using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace MeetingRecordings.Functions.Storage;

/// <summary>Reads blobs that may not be there.</summary>
internal static class BlobReading
{
    /// <summary>Reads a blob; null where there is none.</summary>
    /// <exception cref="RequestFailedException">Blob Storage did not give it.</exception>
    public static async Task<BlobDownloadResult?> FindContentAsync(this BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return await blob.DownloadContentAsync(cancellationToken);
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            return null;
        }
    }
}
