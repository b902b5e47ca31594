using DingTalkSimulator.Pushing;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>What the other scenarios leave out: events of finished videos, second looks, and all that operators and probes ask.</summary>
internal sealed class EverybodyAsks : Scenario
{
    public override bool LooksTwice => true;

    public override async Task WorkAsync(CrashSite site)
    {
        var recorded = site.Doom(Doomed.Ending.Manifest);
        var missing = site.Doom(Doomed.Ending.Poison, ("cloudRecordNotFound", int.MaxValue));
        await site.PushAsync(recorded);
        foreach (var conference in (string[])[recorded.Id, missing.Id])
        {
            var push = await site.Services.DingTalk.Pusher.PushAsync(
                PushedEvent.VideoGenerated, conference, null, TestContext.Current.CancellationToken);
            Assert.True(push.Delivered, push.Detail);
        }

        await site.SettleAsync();
        foreach (var route in (string[])
            [
                "manifests", "manifests?status=recorded", $"manifests/{recorded.Id}", "poison", "poison?source=deadletter",
                "health", "health/ready", "overview", "console", "openapi.json",
            ])
        {
            Assert.Equal(200, await site.SendAsync(HttpMethod.Get, route));
        }

        Assert.NotNull(await site.SendAsync(HttpMethod.Options, "meetings/ended"));
    }
}
