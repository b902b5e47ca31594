using Support.Crashes;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>An operator replays message by message what was given up, until nothing is left.</summary>
/// <param name="deadLetters">Whether the dead letters rather than the poison queue.</param>
internal sealed class OperatorReplays(bool deadLetters) : Scenario
{
    private const int Meetings = 4;

    private readonly string _code = deadLetters ? "orgAccessForbidden" : "Forbidden.AccessDenied.ApiCountLimitForOrg";
    private readonly string _request = $$"""{"source":"{{(deadLetters ? "deadletter" : "poison")}}","all":true,"max":1}""";

    public override Task PrepareAsync(CrashSite site) => site.WithHostAsync(async () =>
    {
        await site.PushAsync([.. Enumerable.Range(0, Meetings).Select(_ => site.Doom(Doomed.Ending.Manifest, (_code, 1)))]);
        await site.SettleAsync();
        Assert.Equal(Meetings, Left(site));
    });

    public override async Task WorkAsync(CrashSite site)
    {
        for (int? status = 200; status is not null && Left(site) > 0;)
        {
            status = await site.SendAsync(HttpMethod.Post, "poison/replay", _request);
            Assert.True(status is null or 200, $"The replay is answered {status}.");
        }
    }

    public override Task FinishAsync(CrashSite site) => WorkAsync(site);

    private long Left(CrashSite site) => deadLetters
        ? site.Services.ServiceBus.CountsOf(WatchedServices.Queue).DeadLettered
        : site.Services.ServiceBus.CountsOf(WatchedServices.PoisonQueue) is var counts ? counts.Active + counts.Locked : 0;
}
