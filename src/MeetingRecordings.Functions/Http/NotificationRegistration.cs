using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Plain;
using Microsoft.Extensions.DependencyInjection;

namespace MeetingRecordings.Functions.Http;

/// <summary>Registers what takes notifications, and what authenticates them.</summary>
internal static class NotificationRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, AppSettings settings)
        => services
            .AddSingleton(provider => new CallbackVerifier(
                settings.CallbackKeys, settings.FreshnessWindow, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new WebhookVerifier(
                settings.WebhookSecrets, settings.FreshnessWindow, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<PushIntake>()
            .AddSingleton<NotificationIntake>();
}
