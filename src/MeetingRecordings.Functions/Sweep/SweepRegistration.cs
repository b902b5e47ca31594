using Azure.Storage.Blobs;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Functions.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace MeetingRecordings.Functions.Sweep;

/// <summary>Registers the sweep of pushes that failed.</summary>
internal static class SweepRegistration
{
    public static IServiceCollection AddSweep(this IServiceCollection services, SweepSettings settings)
        => services
            .AddSingleton(new SweepSwitch(settings.Enabled))
            .AddSingleton(provider => new FailedPushClient(
                provider.GetRequiredService<DingTalkHttp>(),
                // An internal app's tokens are good for the older API too.
                provider.GetRequiredService<ITokenSource>() as AccessTokens
                    ?? ActivatorUtilities.CreateInstance<AccessTokens>(provider),
                settings.BaseAddress))
            .AddSingleton(static provider => new BlobFailedPushStore(
                provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(BlobSuiteTicketStore.ContainerName),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IFailedPushStore>(static provider => provider.GetRequiredService<BlobFailedPushStore>())
            .AddSingleton<FailedPushSweep>();
}
