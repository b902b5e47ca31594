using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace MeetingRecordings.Functions.Archive;

/// <summary>
/// Makes links by which anybody can read a blob for a while: signed with the app's identity, or with the account's key where it has one.
/// A link is a secret while it lasts.
/// </summary>
/// <param name="client">The account.</param>
/// <param name="container">The container.</param>
/// <param name="clock">The time.</param>
internal sealed class BlobLinks(BlobServiceClient client, BlobContainerClient container, TimeProvider clock)
{
    /// <summary>How long a link lasts: 15 min.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // Clocks differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Prepares to sign.</summary>
    public async Task<Signer> CreateAsync(CancellationToken cancellationToken)
    {
        var (from, to) = (clock.GetUtcNow() - Skew, clock.GetUtcNow() + Lifetime);
        return new Signer(container, from, to, client.CanGenerateAccountSasUri ? null : (await client.GetUserDelegationKeyAsync(from, to, cancellationToken)).Value);
    }

    /// <summary>Signs links.</summary>
    internal sealed class Signer(BlobContainerClient container, DateTimeOffset from, DateTimeOffset expiresAt, UserDelegationKey? key)
    {
        /// <summary>Until when they can be used, UTC.</summary>
        public DateTimeOffset ExpiresAt => expiresAt;

        /// <summary>Makes a link.</summary>
        /// <param name="name">The blob's name.</param>
        public Uri Sign(string name)
        {
            var blob = container.GetBlobClient(name);
            var sas = new BlobSasBuilder(BlobSasPermissions.Read, expiresAt)
            {
                BlobContainerName = container.Name,
                BlobName = name,
                Resource = "b",
                StartsOn = from,
            };
            return key is null ? blob.GenerateSasUri(sas) : blob.GenerateUserDelegationSasUri(sas, key);
        }
    }
}
