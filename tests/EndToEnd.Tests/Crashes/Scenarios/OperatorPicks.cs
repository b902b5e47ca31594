using Support.Crashes;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>An operator replays the last of the poisoned messages, again and again, so that those before it are held and let go.</summary>
internal sealed class OperatorPicks : Scenario
{
    private const int Meetings = 4;
    private const string OverQuota = "Forbidden.AccessDenied.ApiCountLimitForOrg";

    public override Task PrepareAsync(CrashSite site) => site.WithHostAsync(async () =>
    {
        await site.PushAsync([.. Enumerable.Range(0, Meetings).Select(_ => site.Doom(Doomed.Ending.Manifest, (OverQuota, 1)))]);
        await site.SettleAsync();
        Assert.Equal(Meetings, (await site.NumbersAsync(WatchedServices.PoisonQueue)).Count);
    });

    public override async Task WorkAsync(CrashSite site)
    {
        for (int? status = 200; status is not null && await site.NumbersAsync(WatchedServices.PoisonQueue) is [.., var last];)
        {
            status = await site.SendAsync(HttpMethod.Post, "poison/replay", $$"""{"ids":[{{last}}]}""");
            Assert.True(status is null or 200, $"The replay is answered {status}.");
        }
    }

    public override Task FinishAsync(CrashSite site) => WorkAsync(site);
}
