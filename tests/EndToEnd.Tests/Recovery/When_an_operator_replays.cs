using DingTalkSimulator.Faults;

namespace EndToEnd.Tests.Recovery;

public sealed class When_an_operator_replays(AzuriteFixture azurite)
{
    [Fact]
    public async Task Poisoned_conferences_get_their_manifests_once_DingTalk_has_recovered()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = await pipeline.PoisonedAsync(3);

        Assert.All(await pipeline.ReplayAsync("""{"all":true,"dryRun":true}"""), static result => Assert.Equal("wouldReplay", result.Outcome));
        Assert.Equal(3, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Equal(
            conferences.Select(static c => (c.Id, "replayed")),
            (await pipeline.ReplayAsync("""{"reason":"retriesSpent"}""")).Select(static r => (r.ConferenceId!, r.Outcome!)));

        foreach (var conference in conferences)
        {
            await pipeline.ManifestAsync(conference.Id);
        }

        Assert.Empty(await pipeline.PoisonAsync());
    }

    [Fact]
    public async Task What_is_shown_of_a_poisoned_message_tells_why_it_ended_there()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = (await pipeline.PoisonedAsync(1))[0];

        var message = Assert.Single(await pipeline.PoisonAsync("?reason=systemError"));

        Assert.Equal(conference.Id, message.GetProperty("conferenceId").GetString());
        Assert.Equal("retriesSpent", message.GetProperty("reason").GetString());
        Assert.Equal("systemError", message.GetProperty("code").GetString());
        Assert.Equal(500, message.GetProperty("httpStatus").GetInt32());
        Assert.NotEmpty(message.GetProperty("requestId").GetString()!);
        Assert.Equal(3, message.GetProperty("faults").GetInt32());
        Assert.True(message.GetProperty("firstFailureAt").GetDateTimeOffset() < message.GetProperty("lastFailureAt").GetDateTimeOffset());
        Assert.Equal(32, message.GetProperty("traceId").GetString()!.Length);
        Assert.Empty(await pipeline.PoisonAsync("?reason=quotaExhausted"));
    }

    [Fact]
    public async Task Picking_the_last_of_many_again_and_again_loses_none_of_those_before_it()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = await pipeline.PoisonedAsync(8);
        var ids = (await pipeline.PoisonAsync()).Select(static m => m.GetProperty("id").GetInt64()).ToArray();

        for (var i = 7; i >= 1; i--)
        {
            Assert.Equal([(conferences[i].Id, "replayed")], await pipeline.ReplayAsync($$"""{"ids":[{{ids[i]}}]}"""));
            await pipeline.ManifestAsync(conferences[i].Id);
        }

        Assert.Equal(conferences[0].Id, Assert.Single(await pipeline.PoisonAsync()).GetProperty("conferenceId").GetString());
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).DeadLettered);
    }

    [Fact]
    public async Task A_rejected_conference_gets_its_manifest_once_its_cause_is_mended()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"), int.MaxValue);
        await pipeline.PushEndedAsync(conference);
        await pipeline.UntilDeadLetteredAsync(1);
        conference.Script.Clear();

        var shown = Assert.Single(await pipeline.PoisonAsync("?source=deadletter"));
        Assert.Equal("permissionError", shown.GetProperty("reason").GetString());
        Assert.Contains("unionId", shown.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal([(conference.Id, "replayed")], await pipeline.ReplayAsync("""{"source":"deadletter","reason":"permissionError"}"""));

        await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
    }

    [Fact]
    public async Task Two_operators_at_once_replay_each_message_once()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = await pipeline.PoisonedAsync(5);
        var callsBefore = conferences.Sum(static c => c.GetVideosCalls);

        var outcomes = await Task.WhenAll(pipeline.ReplayAsync("""{"all":true}"""), pipeline.ReplayAsync("""{"all":true}"""));
        await pipeline.DrainAsync();

        var byConference = outcomes.SelectMany(static o => o).Where(static o => o.Outcome == "replayed").Select(static o => o.ConferenceId);
        Assert.Equal(conferences.Select(static c => c.Id).Order(), byConference.Order());
        Assert.All(outcomes.SelectMany(static o => o), static o => Assert.Contains(o.Outcome, (string[])["replayed", "locked", "notFound"]));
        Assert.Equal(callsBefore + 5, conferences.Sum(static c => c.GetVideosCalls));
    }

    [Fact]
    public async Task A_lock_that_is_lost_between_sending_and_removing_costs_no_second_look()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = (await pipeline.PoisonedAsync(1))[0];
        var callsBefore = conference.GetVideosCalls;
        pipeline.ServiceBus.Faults.LoseNextLock(Pipeline.PoisonQueue);

        Assert.Equal([(conference.Id, "replayedNotRemoved")], await pipeline.ReplayAsync("""{"all":true}"""));
        Assert.Equal([(conference.Id, "replayed")], await pipeline.ReplayAsync("""{"all":true}"""));
        await pipeline.DrainAsync();

        await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(callsBefore + 1, conference.GetVideosCalls);
    }

    [Fact]
    public async Task A_conference_that_the_poison_queue_does_not_take_is_found_among_the_dead_letters_with_its_reason()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);

        pipeline.ServiceBus.Faults.RefuseSends(Pipeline.PoisonQueue, TimeSpan.FromMinutes(10));
        await pipeline.PushEndedAsync(conference);
        await pipeline.UntilDeadLetteredAsync(1);

        var shown = Assert.Single(await pipeline.PoisonAsync("?source=deadletter"));
        Assert.Equal("retriesSpent", shown.GetProperty("reason").GetString());
        Assert.Equal("systemError", shown.GetProperty("code").GetString());
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);

        conference.Script.Clear();
        await pipeline.ReplayAsync("""{"source":"deadletter","all":true}""");
        await pipeline.ManifestAsync(conference.Id);
    }

    [Fact]
    public async Task A_senders_key_does_not_open_the_shelf()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);

        foreach (var route in (string[])["poison", "manifests", "manifests/conf-1"])
        {
            using var answer = await pipeline.Http.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(401, (int)answer.StatusCode);
        }

        Assert.Equal(401, (int)(await pipeline.PostAsync("poison/replay", """{"all":true}""")).StatusCode);
    }
}
