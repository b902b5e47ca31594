using Support.Crashes;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>An operator drops one of two poisoned messages, until it is gone.</summary>
internal sealed class OperatorDrops : Scenario
{
    private long _id;

    public override Task PrepareAsync(CrashSite site) => site.WithHostAsync(async () =>
    {
        await site.PushAsync(
            site.Doom(Doomed.Ending.Dropped, ("Forbidden.AccessDenied.ApiCountLimitForOrg", int.MaxValue)));
        await site.SettleAsync();
        await site.PushAsync(
            site.Doom(Doomed.Ending.Poison, ("Forbidden.AccessDenied.ApiCountLimitForOrg", int.MaxValue)));
        await site.SettleAsync();
        _id = (await site.NumbersAsync(WatchedServices.PoisonQueue))[0];
    });

    public override async Task WorkAsync(CrashSite site)
    {
        var status = await site.SendAsync(HttpMethod.Delete, $"poison/{_id}?reason=test");
        Assert.True(status is null or 204 or 404, $"The drop is answered {status}.");
    }

    public override async Task FinishAsync(CrashSite site)
    {
        await WorkAsync(site);
        Assert.Equal(404, await site.SendAsync(HttpMethod.Delete, $"poison/{_id}?reason=test"));
    }
}
