using MeetingRecordings.Functions.Telemetry;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Configuration;
using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Functions.Sweep;
using MeetingRecordings.Manifests;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Plain;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions;

/// <summary>Registers the app's parts.</summary>
public static class MeetingRecordingsRegistration
{
    /// <summary>Reads the settings and registers everything that the functions need.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings; README.md lists them.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddMeetingRecordings(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = AppSettings.Read(configuration);
        services.AddMeetingRecordingsTelemetry(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Random.Shared);
        services.AddSingleton(settings.Recovery);
        services.AddSingleton(settings.DingTalk);

        services.AddSingleton(_ => DingTalkHttp.CreateClient(settings.DingTalk));
        services.AddSingleton<DingTalkHttp>();
        services.AddSingleton(provider => TokenSources.Create(
            provider.GetRequiredService<DingTalkHttp>(),
            settings.DingTalk,
            provider.GetService<ISuiteTicketStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DingTalkClient(
            provider.GetRequiredService<DingTalkHttp>(),
            provider.GetRequiredService<ITokenSource>(),
            checkpoints: provider.GetService<ICheckpoints>()));
        services.AddSingleton<RecordingFetcher>();
        services.AddSingleton(provider => new CallbackVerifier(
            settings.CallbackKeys, settings.FreshnessWindow, provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton(provider => new WebhookVerifier(
            settings.WebhookSecrets, settings.FreshnessWindow, provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton<ISuiteTicketStore>(_ => new BlobSuiteTicketStore(settings.Manifests.CreateStateContainerClient()));
        services.AddSingleton(provider => new SuiteTicketKeeper(
            provider.GetRequiredService<ISuiteTicketStore>(),
            settings.Suite?.SuiteKey,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SuiteTicketKeeper>>()));

        services.AddManifestCatalog(settings.Manifests);
        services.AddSingleton<IManifestStore, BlobManifestStore>();

        services.AddPoisonShelf(settings.ServiceBus);
        services.AddHostedService<QueueConnection>();
        services.AddSingleton(provider => new PoisonQueue(
            provider.GetRequiredService<ServiceBusClient>().CreateSender(settings.ServiceBus.PoisonQueue),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MessageSettlement>();

        services.AddSingleton(new SweepSwitch(settings.Sweep.Enabled));
        services.AddSingleton(provider => new FailedPushClient(
            provider.GetRequiredService<DingTalkHttp>(),
            // An internal app's tokens are good for the older API too.
            provider.GetRequiredService<ITokenSource>() as AccessTokens ?? new AccessTokens(
                provider.GetRequiredService<DingTalkHttp>(), settings.DingTalk, provider.GetRequiredService<TimeProvider>()),
            settings.Sweep.BaseAddress));
        services.AddSingleton<FailedPushSweep>();
        services.AddSingleton(provider => new Readiness(
            ReadinessProbes.Create(
                provider.GetRequiredService<ServiceBusClient>(),
                settings.ServiceBus,
                provider.GetRequiredService<BlobContainerClient>(),
                provider.GetRequiredService<ITokenSource>()),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
