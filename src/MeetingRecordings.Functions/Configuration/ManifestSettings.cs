using Azure.Storage.Blobs;
using MeetingRecordings.Functions.Storage;

namespace MeetingRecordings.Functions.Configuration;

/// <summary>Where the manifests are: a connection string, or a blob service and an identity.</summary>
internal sealed record ManifestSettings(string? ConnectionString, Uri? BlobServiceUri, string? ClientId, string Container)
{
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(200);

    public static ManifestSettings Read(SettingsReader reader)
    {
        var settings = new ManifestSettings(
            reader.Optional("Manifests"),
            reader.Address("Manifests__blobServiceUri"),
            reader.Optional("Manifests__clientId"),
            reader.Optional("ManifestContainer") ?? "manifests");
        if (settings.ConnectionString is null && reader.Optional("Manifests__blobServiceUri") is null)
        {
            reader.Fault<string>("Manifests", "is missing: a connection string, or set Manifests__blobServiceUri to use an identity");
        }

        return settings;
    }

    public BlobContainerClient CreateContainerClient() => CreateServiceClient().GetBlobContainerClient(Container);

    public BlobContainerClient CreateStateContainerClient() => CreateServiceClient().GetBlobContainerClient(BlobSuiteTicketStore.ContainerName);

    private BlobServiceClient CreateServiceClient()
    {
        // Short tries, for the queue retries too; a message lock is held meanwhile.
        var options = new BlobClientOptions();
        options.Retry.NetworkTimeout = TryTimeout;
        options.Retry.Delay = FirstRetryDelay;
        return ConnectionString is not null
            ? new BlobServiceClient(ConnectionString, options)
            : new BlobServiceClient(BlobServiceUri!, AzureIdentity.Create(ClientId), options);
    }
}
