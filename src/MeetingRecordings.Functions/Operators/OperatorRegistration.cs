using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MeetingRecordings.Functions.Operators;

/// <summary>Registers what an operator's tools need, each from its own settings alone.</summary>
public static class OperatorRegistration
{
    /// <summary>Registers the queues, what lists, replays and drops failed messages, and the back-fill.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings, of which those of Service Bus are read.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or malformed: one line for each.</exception>
    public static IServiceCollection AddQueueTools(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddQueues(Read(configuration, ServiceBusSettings.Read)).AddFailedMessages().AddSingleton<BackfillRun>();
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

    private static T Read<T>(IConfiguration configuration, Func<SettingsReader, T> read)
    {
        var reader = new SettingsReader(configuration);
        var settings = read(reader);
        reader.ThrowIfFaulted();
        return settings;
    }
}
