using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Operators;

/// <summary>Registers what an operator's tools need, each from its own settings alone.</summary>
public static class OperatorRegistration
{
    /// <summary>Registers the queues, what lists, replays and drops failed messages, and the back-fill.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Service Bus, of waits and of what is omitted are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddQueueTools(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        var (serviceBus, recovery, omitted) = Read(
            configuration,
            static reader => (ServiceBusSettings.Read(reader), RecoverySettings.Read(reader), ManifestSettings.ReadOmitted(reader)));
        return services.AddQueues(serviceBus, recovery, omitted).AddFailedMessages().AddSingleton<BackfillRun>();
    }

    /// <summary>Registers what finds manifests.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Blob Storage are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddManifestTools(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddManifests(Read(configuration, ManifestSettings.Read));
    }

    /// <summary>Registers what finds manifests, and what is archived.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Blob Storage and of the archive are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddArchiveTools(this IServiceCollection services, IConfiguration configuration)
    {
        var archive = Read(configuration, static reader => ArchiveSettings.Read(reader, ManifestSettings.Read(reader)));
        return services.AddManifestTools(configuration).AddArchiveCatalog(archive).AddSingleton(new ArchiveSwitch(archive.FilesEnabled, archive.TranscriptsEnabled));
    }

    /// <summary>Registers the back-fill of the archive, with what it works on.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Service Bus, Blob Storage and the archive are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddArchiveBackfill(this IServiceCollection services, IConfiguration configuration)
        => services.AddQueueTools(configuration).AddArchiveTools(configuration).AddSingleton<ArchiveBackfill>();

    /// <summary>Registers what erases conferences, with what it works on.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Service Bus and Blob Storage are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddErasure(this IServiceCollection services, IConfiguration configuration)
        => services
            .AddQueueTools(configuration)
            .AddArchiveTools(configuration)
            .AddSingleton<QueueErasure>()
            .AddSingleton<BlobErasure>()
            .AddSingleton(static provider => new Erasure(
                provider.GetRequiredService<QueueErasure>(),
                provider.GetRequiredService<BlobErasure>(),
                provider.GetRequiredService<ArchiveErasure>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<Erasure>>()));

    private static T Read<T>(IConfiguration configuration, Func<SettingsReader, T> read)
    {
        var reader = new SettingsReader(configuration);
        var settings = read(reader);
        reader.ThrowIfFaulted();
        return settings;
    }
}
