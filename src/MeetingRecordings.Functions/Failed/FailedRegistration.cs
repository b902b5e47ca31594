using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Registers what an operator does with messages that have failed.</summary>
internal static class FailedRegistration
{
    public static IServiceCollection AddFailedMessages(this IServiceCollection services)
    {
        services.AddSingleton<FailedReceivers>();
        services.AddSingleton(static provider => new FailedMessageList(
            provider.GetRequiredService<FailedReceivers>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new FailedReplay(
            provider.GetRequiredService<FailedReceivers>(),
            provider.GetRequiredService<ConferenceQueue>(),
            provider.GetRequiredService<RecordingQueue>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FailedReplay>>()));
        services.AddSingleton(static provider => new FailedDrop(
            provider.GetRequiredService<FailedReceivers>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FailedDrop>>()));
        services.AddSingleton(static provider => new DeadLetterExpiry(
            provider.GetRequiredService<FailedReceivers>(),
            provider.GetRequiredService<ServiceBusSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DeadLetterExpiry>>()));
        return services;
    }
}
