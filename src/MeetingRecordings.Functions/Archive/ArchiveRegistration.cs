using Azure.Storage.Blobs;
using MeetingRecordings.Archiving;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Operators;
using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Manifests;
using MeetingRecordings.Transcripts;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Archive;

/// <summary>Registers the archive of files and transcripts.</summary>
internal static class ArchiveRegistration
{
    private const string Client = "Archive";

    // A block has 16 MiB; the queue retries what takes longer.
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddArchive(this IServiceCollection services, ArchiveSettings settings)
    {
        return services
            .AddSingleton(new ArchiveSwitch(settings.FilesEnabled, settings.TranscriptsEnabled))
            .AddSingleton<ArchiveRequests>()
            .AddSingleton(static _ => new BlockBuffers())
            .AddSingleton(settings.Options)
            .AddArchiveCatalog(settings)
            .AddSingleton(provider => new MediaSource(settings.Hosts, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new CallAllowance(
                provider.GetRequiredService<CallBudget>(),
                settings.Options.CallsPerDay,
                provider.GetRequiredService<ICallCounter>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<RecordingArchiver>()
            .AddSingleton<ITranscriptStore>(static provider => new BlobTranscriptStore(ContainerOf(provider)))
            .AddSingleton<TranscriptReader>()
            .AddSingleton<TranscriptArchiver>()
            .AddSingleton<ArchivePolicy>()
            .AddSingleton<ArchiveLog>();
    }

    /// <summary>Registers what finds and erases what is archived.</summary>
    public static IServiceCollection AddArchiveCatalog(this IServiceCollection services, ArchiveSettings settings)
    {
        services.AddAzureClients(clients => clients.AddBlobServiceClient(settings.Connection).WithName(Client)
            .ConfigureOptions(static options => options.Retry.NetworkTimeout = TryTimeout));
        return services
            .AddSingleton<IRecordingStore>(provider => new BlobRecordingStore(ContainerOf(provider), settings.Tier))
            .AddSingleton(static provider => new ArchiveErasure(ContainerOf(provider)))
            .AddSingleton(static provider => new ArchiveCatalog(
                ContainerOf(provider),
                provider.GetRequiredService<IRecordingStore>(),
                provider.GetRequiredService<IManifestStore>(),
                new BlobLinks(AccountOf(provider), ContainerOf(provider), provider.GetRequiredService<TimeProvider>()),
                provider.GetRequiredService<ILogger<ArchiveCatalog>>()));
    }

    private static BlobServiceClient AccountOf(IServiceProvider provider)
        => provider.GetRequiredService<IAzureClientFactory<BlobServiceClient>>().CreateClient(Client);

    private static BlobContainerClient ContainerOf(IServiceProvider provider) => AccountOf(provider).GetBlobContainerClient(ArchiveSettings.Container);
}
