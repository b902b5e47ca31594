using Azure.Messaging.ServiceBus;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Functions.Sweep;
using MeetingRecordings.Functions.Telemetry;
using MeetingRecordings.Functions.Tickets;
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
    /// <param name="configuration">The settings; docs/settings.md lists them.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddMeetingRecordings(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = AppSettings.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(Random.Shared)
            .AddHostedService(provider => new SettingsWarning(settings.Unknown, provider.GetRequiredService<ILogger<SettingsWarning>>()))
            .AddTelemetry(configuration)
            .AddNotifications(settings)
            .AddDingTalk(settings.DingTalk)
            .AddManifests(settings.Manifests)
            .AddQueues(settings.ServiceBus, settings.Recovery, settings.Manifests.Omitted)
            .AddSingleton<MessageSettlement>()
            .AddHostedService(static provider => new QueueConnection(
                provider.GetRequiredService<BatchingSender>(),
                provider.GetRequiredService<ServiceBusClient>(),
                provider.GetRequiredService<ServiceBusSettings>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<QueueConnection>>()))
            .AddFailedMessages()
            .AddFetching(settings.Recovery)
            .AddArchive(settings.Archive)
            .AddSweep(settings.Sweep)
            .AddHealth(settings.DingTalk);
    }

    private static IServiceCollection AddFetching(this IServiceCollection services, RecoveryOptions options)
        => services
            .AddSingleton(options)
            .AddSingleton<RecoveryPolicy>()
            .AddSingleton<ManifestKeeper>()
            .AddSingleton<RecordingFinder>()
            .AddSingleton<LookLog>();
}
