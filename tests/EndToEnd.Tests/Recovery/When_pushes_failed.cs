using DingTalkSimulator;
using DingTalkSimulator.Pushing;

namespace EndToEnd.Tests.Recovery;

public sealed class When_pushes_failed(AzuriteFixture azurite)
{
    // The discard port: nothing listens there.
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    [Fact]
    public async Task The_sweep_finds_them_and_they_get_their_manifests()
    {
        await using var dingTalk = await SimulatorServer.StartAsync(new SimulatorOptions { PushRetries = [] }, TestContext.Current.CancellationToken);
        var conferences = Enumerable.Range(0, 3).Select(_ => dingTalk.Tenant.AddConference()).ToList();
        foreach (var conference in conferences)
        {
            Assert.False((await dingTalk.Pusher.PushEndedAsync(conference.Id, Nowhere, TestContext.Current.CancellationToken)).Delivered);
        }

        await using var pipeline = await Pipeline.StartAsync(
            azurite,
            ("DingTalk__BaseAddress", dingTalk.BaseAddress.ToString()),
            ("Sweep__BaseAddress", dingTalk.BaseAddress.ToString()),
            ("Sweep__Enabled", "true"),
            ("SweepSchedule", "* * * * * *"));

        foreach (var conference in conferences)
        {
            await pipeline.ManifestAsync(conference.Id);
        }
    }

    [Fact]
    public async Task The_sweep_finds_them_wherever_they_stand_in_the_list()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Sweep__Enabled", "true"), ("SweepSchedule", "* * * * * *"));
        var conferences = Enum.GetValues<FailedPushShape>()
            .SelectMany(static shape => new[] { (shape, true), (shape, false) })
            .Select(how => (How: how, Conference: pipeline.DingTalk.Tenant.AddConference()))
            .ToList();
        foreach (var ((shape, withEnvelope), conference) in conferences)
        {
            pipeline.DingTalk.Pusher.Failed.Add(PushedEvent.MeetingEnded, conference.Id, shape, withEnvelope);
        }

        foreach (var (_, conference) in conferences)
        {
            await pipeline.ManifestAsync(conference.Id);
        }
    }

    [Fact]
    public async Task DingTalk_is_not_asked_where_the_sweep_is_off()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("SweepSchedule", "* * * * * *"));
        var conference = pipeline.DingTalk.Tenant.AddConference();

        await pipeline.PushEndedAsync(conference);
        await pipeline.ManifestAsync(conference.Id);

        Assert.DoesNotContain(pipeline.DingTalk.Ledger.Calls, static call => call.Operation == ApiOperation.FailedPushes);
    }
}
