using System.Text.Json;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Pushing;
using EndToEnd.Tests.Recovery;

namespace EndToEnd.Tests.Fetching;

public sealed class When_recordings_are_not_ready(AzuriteFixture azurite)
{
    [Fact]
    public async Task They_are_asked_for_until_they_are()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), 2);

        await pipeline.PushEndedAsync(conference);

        await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(3, conference.GetVideosCalls);
        Assert.Equal(1, conference.InfoCalls);
    }

    [Fact]
    public async Task And_nobody_recorded_then_the_manifest_says_so_at_once()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.RecordStatus = RecordStatus.NotRecorded;

        await pipeline.PushEndedAsync(conference);

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal("notRecorded", manifest.RootElement.GetProperty("status").GetString());
        Assert.Equal((0, 1), (conference.GetVideosCalls, conference.InfoCalls));
    }

    [Fact]
    public async Task And_never_become_it_then_the_ladder_ends_in_notRecorded()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound%!(EXTRA string=50513)"), int.MaxValue);

        await pipeline.PushEndedAsync(conference);

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal("notRecorded", manifest.RootElement.GetProperty("status").GetString());
        Assert.Equal((4, 1), (conference.GetVideosCalls, conference.InfoCalls));
    }

    [Fact]
    public async Task And_never_become_it_though_an_event_announced_them_then_they_are_missing_and_a_replay_finds_them()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound%!(EXTRA string=50513)"), 4);

        Assert.True((await pipeline.DingTalk.Pusher.PushAsync(PushedEvent.VideoGenerated, conference.Id, null, TestContext.Current.CancellationToken)).Delivered);
        await pipeline.DrainAsync();

        var poisoned = Assert.Single(await pipeline.PoisonAsync());
        Assert.Equal("recordingMissing", poisoned.GetProperty("reason").GetString());
        Assert.StartsWith("cloudRecordNotFound", poisoned.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.False(await pipeline.Manifests.GetBlobClient($"{conference.Id}.json").ExistsAsync(TestContext.Current.CancellationToken));

        await pipeline.ReplayAsync("""{"reason":"recordingMissing"}""");
        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal("recorded", manifest.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task More_often_than_the_broker_delivers_a_message_then_none_is_dead_lettered()
    {
        var rungs = string.Join(',', Enumerable.Repeat("00:00:00.02", 10));
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Recovery__ReadinessLadder", rungs));
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), 10);

        await pipeline.PushEndedAsync(conference);

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal("recorded", manifest.RootElement.GetProperty("status").GetString());
        Assert.Equal(11, conference.GetVideosCalls);
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
    }
}
