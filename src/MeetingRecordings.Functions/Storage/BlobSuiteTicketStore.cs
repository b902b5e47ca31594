using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Functions.Storage;

/// <summary>
/// Keeps suite tickets as blobs named <c>suite-ticket/{suiteKey}.json</c>. Instances that meet take turns by the blob's ETag, so
/// that an older ticket never replaces a newer one.
/// </summary>
/// <param name="container">The container, private; made on first use.</param>
public sealed class BlobSuiteTicketStore(BlobContainerClient container) : ISuiteTicketStore
{
    /// <summary>The container's name.</summary>
    public const string ContainerName = "dingtalk-state";

    // Each lost turn means that another instance has kept a ticket, and DingTalk pushes one in five hours.
    private const int MaxTurns = 20;

    /// <inheritdoc />
    /// <exception cref="RequestFailedException">Blob Storage did not take it.</exception>
    public async Task SaveAsync(string suiteKey, SuiteTicket ticket, CancellationToken cancellationToken)
    {
        var blob = BlobOf(suiteKey);
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var (stored, etag) = await ReadAsync(blob, cancellationToken).ConfigureAwait(false);
            if (stored?.ReceivedAt >= ticket.ReceivedAt)
            {
                return;
            }

            var conditions = etag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = etag };
            if (await TryWriteAsync(blob, ticket, conditions, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        throw new RequestFailedException($"The suite ticket was rewritten by others {MaxTurns} times.");
    }

    /// <inheritdoc />
    /// <exception cref="RequestFailedException">Blob Storage did not give it.</exception>
    public async Task<SuiteTicket?> GetAsync(string suiteKey, CancellationToken cancellationToken)
        => (await ReadAsync(BlobOf(suiteKey), cancellationToken).ConfigureAwait(false)).Ticket;

    private BlobClient BlobOf(string suiteKey) => container.GetBlobClient($"suite-ticket/{suiteKey}.json");

    private static async Task<(SuiteTicket? Ticket, ETag? ETag)> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await blob.DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            return (SuiteTicketJson.Deserialize(answer.Value.Content), answer.Value.Details.ETag);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound || e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return (null, null);
        }
    }

    private async Task<bool> TryWriteAsync(BlobClient blob, SuiteTicket ticket, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
        };
        for (var containerMade = false; ; containerMade = true)
        {
            try
            {
                await blob.UploadAsync(SuiteTicketJson.Serialize(ticket), options, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet)
            {
                return false;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound && !containerMade)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
