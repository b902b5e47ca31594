using DingTalkSimulator;
using MeetingRecordings.DingTalk;

namespace EndToEnd.Tests.Recovery;

public sealed class When_the_app_is_a_third_partys(AzuriteFixture azurite)
{
    private const string Secret = "the-suite-secret";

    // The store of tickets is shared with other tests.
    private readonly string _suiteKey = $"suite{Guid.NewGuid():N}";

    [Fact]
    public async Task Its_ticket_and_the_organisation_give_the_token()
    {
        await using var dingTalk = await StartDingTalkAsync();
        await using var pipeline = await StartAsync(dingTalk);
        await pipeline.SuiteTickets.SaveAsync(
            _suiteKey, new SuiteTicket(dingTalk.Options.SuiteTicket, DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);
        var conference = dingTalk.Tenant.AddConference();

        await NotifyAsync(pipeline, conference.Id, dingTalk.Options.CorpId);

        await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(ApiOperation.CorpAccessToken, dingTalk.Ledger.Calls[0].Operation);
        Assert.DoesNotContain(dingTalk.Ledger.Calls, static c => c.Operation == ApiOperation.AccessToken);
    }

    [Fact]
    public async Task A_conference_waits_until_the_first_ticket_has_come()
    {
        await using var dingTalk = await StartDingTalkAsync();
        await using var pipeline = await StartAsync(dingTalk);
        var conference = dingTalk.Tenant.AddConference();

        await NotifyAsync(pipeline, conference.Id, dingTalk.Options.CorpId);
        await pipeline.DrainAsync();
        Assert.Equal("client.noSuiteTicket", Assert.Single(await pipeline.PoisonAsync()).GetProperty("code").GetString());
        await pipeline.SuiteTickets.SaveAsync(
            _suiteKey, new SuiteTicket(dingTalk.Options.SuiteTicket, DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);

        await pipeline.ReplayAsync("""{"all":true}""");
        await pipeline.ManifestAsync(conference.Id);
    }

    [Fact]
    public async Task A_conference_without_an_organisation_is_dead_lettered_with_what_to_fix()
    {
        await using var dingTalk = await StartDingTalkAsync();
        await using var pipeline = await StartAsync(dingTalk);

        await NotifyAsync(pipeline, dingTalk.Tenant.AddConference().Id, null);
        await pipeline.UntilDeadLetteredAsync(1);

        var dead = Assert.Single(await pipeline.PoisonAsync("?source=deadletter"));
        Assert.Equal("client.noCorpId", dead.GetProperty("reason").GetString());
        Assert.Contains("corpId", dead.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Empty(dingTalk.Ledger.Calls);
    }

    [Fact]
    public async Task The_unified_api_needs_no_ticket()
    {
        await using var dingTalk = await StartDingTalkAsync();
        await using var pipeline = await StartAsync(dingTalk, ("DingTalk__TokenApi", "unified"));
        var conference = dingTalk.Tenant.AddConference();

        await NotifyAsync(pipeline, conference.Id, dingTalk.Options.CorpId);

        await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(ApiOperation.UnifiedToken, dingTalk.Ledger.Calls[0].Operation);
    }

    private static async Task NotifyAsync(Pipeline pipeline, string conferenceId, string? corpId)
    {
        var corp = corpId is null ? "null" : $"\"{corpId}\"";
        using var answer = await pipeline.PostAsync("meetings/ended", $$"""{"conferenceId":"{{conferenceId}}","corpId":{{corp}}}""");
        Assert.Equal(202, (int)answer.StatusCode);
    }

    private Task<SimulatorServer> StartDingTalkAsync()
        => SimulatorServer.StartAsync(new SimulatorOptions { SuiteKey = _suiteKey, SuiteSecret = Secret }, TestContext.Current.CancellationToken);

    private Task<Pipeline> StartAsync(SimulatorServer dingTalk, params (string Name, string Value)[] settings) => Pipeline.StartAsync(
        azurite,
        [
            ("DingTalk__BaseAddress", dingTalk.BaseAddress.ToString()),
            ("DingTalk__SuiteKey", _suiteKey),
            ("DingTalk__SuiteSecret", Secret),
            .. settings,
        ]);
}
