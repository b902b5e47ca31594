using Azure.Storage.Blobs;
using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Manifests;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.DependencyInjection;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>Registers where manifests are kept, and who finds them.</summary>
internal static class ManifestRegistration
{
    // Short tries, for the queue retries too; a message's lock is held meanwhile.
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(200);

    public static IServiceCollection AddManifests(this IServiceCollection services, ManifestSettings settings)
    {
        services.AddAzureClients(clients => clients.AddBlobServiceClient(settings.Connection).ConfigureOptions(static options =>
        {
            options.Retry.NetworkTimeout = TryTimeout;
            options.Retry.Delay = FirstRetryDelay;
        }));
        return services
            .AddSingleton(provider => provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(settings.Container))
            .AddSingleton<IManifestStore>(provider => new BlobManifestStore(
                provider.GetRequiredService<BlobContainerClient>(), settings.Omitted, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ManifestCatalog>()
            .AddSingleton<RecentManifests>();
    }
}
