using Azure.Messaging.ServiceBus;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.Functions.Backfill;
using MeetingRecordings.Functions.Configuration;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Poison;
using MeetingRecordings.Functions.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions;

/// <summary>Registers what an operator's tools need, each from its own settings alone.</summary>
public static class OperatorRegistration
{
    /// <summary>Registers <see cref="PoisonShelf"/> and <see cref="ConferenceQueue"/>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Service Bus are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddPoisonShelf(this IServiceCollection services, IConfiguration configuration)
        => services.AddPoisonShelf(Read(configuration, ServiceBusSettings.Read));

    /// <summary>Registers <see cref="ManifestCatalog"/>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Blob Storage are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddManifestCatalog(this IServiceCollection services, IConfiguration configuration)
        => services.AddManifestCatalog(Read(configuration, ManifestSettings.Read));

    internal static IServiceCollection AddPoisonShelf(this IServiceCollection services, ServiceBusSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => settings.CreateClient());
        services.AddSingleton(provider => new BatchingSender(
            provider.GetRequiredService<ServiceBusClient>().CreateSender(settings.ConferenceQueue), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ConferenceQueue>();
        services.AddSingleton<BackfillRun>();
        services.AddSingleton(provider => new PoisonShelf(
            provider.GetRequiredService<ServiceBusClient>(),
            settings,
            provider.GetRequiredService<ConferenceQueue>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PoisonShelf>>(),
            provider.GetService<ICheckpoints>()));
        return services;
    }

    internal static IServiceCollection AddManifestCatalog(this IServiceCollection services, ManifestSettings settings)
    {
        services.AddSingleton(_ => settings.CreateContainerClient());
        services.AddSingleton<ManifestCatalog>();
        return services;
    }

    private static T Read<T>(IConfiguration configuration, Func<SettingsReader, T> read)
    {
        var reader = new SettingsReader(configuration);
        var settings = read(reader);
        reader.ThrowIfFaulted();
        return settings;
    }
}
