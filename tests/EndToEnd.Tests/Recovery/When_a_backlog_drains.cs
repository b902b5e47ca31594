using DingTalkSimulator;

namespace EndToEnd.Tests.Recovery;

public sealed class When_a_backlog_drains(AzuriteFixture azurite)
{
    [Fact]
    public async Task It_does_so_at_DingTalks_pace_and_nothing_is_throttled()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("DingTalk__CallsPerSecond", "10"));
        pipeline.DingTalk.Tenant.Faults.CallsPerSecond = 20;
        var conferences = Enumerable.Range(0, 60).Select(_ => pipeline.DingTalk.Tenant.AddConference()).ToList();

        await Task.WhenAll(conferences.Select(pipeline.PushEndedAsync));
        await pipeline.DrainAsync();

        Assert.All(pipeline.DingTalk.Ledger.Calls, static call => Assert.Equal(ApiCall.Ok, call.Code));
        Assert.All(conferences, static conference => Assert.Equal(1, conference.GetVideosCalls));
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
    }

    [Fact]
    public async Task A_throttle_that_comes_all_the_same_costs_no_conference()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        pipeline.DingTalk.Tenant.Faults.CallsPerSecond = 15;
        var conferences = Enumerable.Range(0, 30).Select(_ => pipeline.DingTalk.Tenant.AddConference()).ToList();

        await Task.WhenAll(conferences.Select(pipeline.PushEndedAsync));
        await pipeline.DrainAsync();

        foreach (var conference in conferences)
        {
            await pipeline.ManifestAsync(conference.Id);
        }

        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
    }
}
