using System.Text.Json;
using DingTalkSimulator;
using DingTalkSimulator.Faults;

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
        Assert.Equal(1, conference.GetVideosCalls);
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
        Assert.Equal(4, conference.GetVideosCalls);
    }
}
