using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.DependencyInjection;

namespace MeetingRecordings.Functions.Queues;

/// <summary>Registers the queues.</summary>
internal static class QueueRegistration
{
    // A push has 800 ms, which a connection that Service Bus has closed in an idle hour must not use up.
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddQueues(
        this IServiceCollection services, ServiceBusSettings settings, RecoveryOptions recovery, MeetingFields omitted)
    {
        services.AddAzureClients(clients => clients.AddServiceBusClient(settings.Connection).ConfigureOptions(static options =>
        {
            options.RetryOptions.Delay = FirstRetryDelay;
            options.RetryOptions.TryTimeout = TryTimeout;
        }));
        return services
            .AddSingleton(settings)
            .AddSingleton(provider => new BatchingSender(
                provider.GetRequiredService<ServiceBusClient>().CreateSender(settings.ConferenceQueue),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(new FirstLookPolicy(recovery))
            .AddSingleton(provider => new ConferenceQueue(
                provider.GetRequiredService<BatchingSender>(),
                provider.GetRequiredService<FirstLookPolicy>(),
                omitted,
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new PoisonQueue(
                provider.GetRequiredService<ServiceBusClient>().CreateSender(settings.PoisonQueue),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new RecordingQueue(
                provider.GetRequiredService<ServiceBusClient>().CreateSender(settings.RecordingQueue),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IConferenceMessages, QueuedConferences>()
            .AddSingleton<QueueSurvey>()
            .AddSingleton(provider => new RecentSurvey(
                provider.GetRequiredService<QueueSurvey>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new QueueGauges(
                provider.GetRequiredService<QueueSurvey>(), settings, provider.GetRequiredService<TimeProvider>()));
    }
}
