using Azure.Storage.Blobs;
using MeetingRecordings.DingTalk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Tickets;

/// <summary>Registers DingTalk's API, and the tickets that a third-party app calls it with.</summary>
internal static class DingTalkRegistration
{
    public static IServiceCollection AddDingTalk(this IServiceCollection services, DingTalkOptions options)
        => services
            .AddSingleton(options)
            .AddSingleton(static provider => DingTalkHttp.CreateClient(provider.GetRequiredService<DingTalkOptions>()))
            .AddSingleton<DingTalkHttp>()
            .AddSingleton(static provider => TokenSources.Create(
                provider.GetRequiredService<DingTalkHttp>(),
                provider.GetRequiredService<DingTalkOptions>(),
                provider.GetRequiredService<ISuiteTicketStore>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<DingTalkClient>()
            .AddSingleton<ICallCounter>(static provider => new BlobCallCounter(
                StateContainer(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BlobCallCounter>>()))
            .AddSingleton(provider => new CallBudget(
                options.CallsPerMonth, provider.GetRequiredService<ICallCounter>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<CallBudgetWatch>()
            .AddSingleton<RecentCalls>()
            .AddSingleton<ISuiteTicketStore>(static provider => new BlobSuiteTicketStore(StateContainer(provider)))
            .AddSingleton(static provider => new SuiteTicketKeeper(
                provider.GetRequiredService<ISuiteTicketStore>(),
                provider.GetRequiredService<DingTalkOptions>().SuiteKey,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SuiteTicketKeeper>>()));

    private static BlobContainerClient StateContainer(IServiceProvider provider)
        => provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(BlobSuiteTicketStore.ContainerName);
}
