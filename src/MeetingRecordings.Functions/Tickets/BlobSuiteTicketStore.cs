using Azure;
using Azure.Storage.Blobs;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Storage;

namespace MeetingRecordings.Functions.Tickets;

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
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var (stored, etag) = await ReadAsync(suiteKey, cancellationToken);
            if (stored?.ReceivedAt >= ticket.ReceivedAt
                || await container.TryWriteJsonAsync(NameOf(suiteKey), SuiteTicketJson.Serialize(ticket), etag, null, null, cancellationToken))
            {
                return;
            }
        }

        throw new RequestFailedException($"The suite ticket was rewritten by others {MaxTurns} times.");
    }

    /// <inheritdoc />
    /// <exception cref="RequestFailedException">Blob Storage did not give it.</exception>
    public async Task<SuiteTicket?> GetAsync(string suiteKey, CancellationToken cancellationToken)
        => (await ReadAsync(suiteKey, cancellationToken)).Ticket;

    private static string NameOf(string suiteKey) => $"suite-ticket/{suiteKey}.json";

    private async Task<(SuiteTicket? Ticket, ETag? ETag)> ReadAsync(string suiteKey, CancellationToken cancellationToken)
        => await container.GetBlobClient(NameOf(suiteKey)).FindContentAsync(cancellationToken) is { } blob
            ? (SuiteTicketJson.Deserialize(blob.Content), blob.Details.ETag)
            : (null, null);
}
