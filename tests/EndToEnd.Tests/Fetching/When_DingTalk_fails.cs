using Azure.Messaging.ServiceBus;
using DingTalkSimulator.Faults;

namespace EndToEnd.Tests.Fetching;

public sealed class When_DingTalk_fails(AzuriteFixture azurite)
{
    [Fact]
    public async Task With_systemError_until_the_ladder_ends_the_message_is_poisoned_with_its_diagnostics()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);

        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainAsync();

        var poisoned = Assert.Single(await pipeline.PeekAsync(Pipeline.PoisonQueue));
        Assert.Contains(conference.Id, poisoned.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal("systemError", poisoned.Subject);
        Assert.Equal("retriesSpent", poisoned.ApplicationProperties["reason"]);
        Assert.Equal("systemError", poisoned.ApplicationProperties["code"]);
        Assert.Equal(3, poisoned.ApplicationProperties["faults"]);
        Assert.NotEqual("", poisoned.ApplicationProperties["request-id"]);
        Assert.True(poisoned.ApplicationProperties.ContainsKey("first-failure-at"));
        Assert.True(poisoned.ApplicationProperties.ContainsKey("last-failure-at"));
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
    }

    [Fact]
    public async Task And_recovers_in_time_then_nothing_is_poisoned()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.Reset()).Add(ScriptedAnswer.Raw.Html(502)).Add(new ScriptedAnswer.Truncated());

        await pipeline.PushEndedAsync(conference);

        await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
    }

    [Fact]
    public async Task With_permissionError_the_message_is_dead_lettered_at_once_with_its_reason()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"), int.MaxValue);

        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainAsync();

        var dead = Assert.Single(await pipeline.PeekAsync(Pipeline.Queue, SubQueue.DeadLetter));
        Assert.Equal("permissionError", dead.DeadLetterReason);
        Assert.Contains("unionId", dead.DeadLetterErrorDescription, StringComparison.Ordinal);
        Assert.Equal(1, conference.GetVideosCalls);
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
    }

    [Fact]
    public async Task With_a_refused_token_a_new_one_is_fetched_and_the_call_repeated()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var before = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(before);
        await pipeline.ManifestAsync(before.Id);

        pipeline.DingTalk.Tenant.RevokeTokens();
        var after = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(after);

        await pipeline.ManifestAsync(after.Id);
    }
}
