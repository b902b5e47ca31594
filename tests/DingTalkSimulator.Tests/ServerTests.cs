using System.Net;
using DingTalkSimulator.Faults;
using MeetingRecordings.Notifications.Callbacks;

namespace DingTalkSimulator.Tests;

public sealed class ServerTests : SimulatorTest
{
    [Fact]
    public async Task A_taken_port_is_named()
    {
        var port = Server.BaseAddress.Port;

        var e = await Assert.ThrowsAnyAsync<IOException>(() => SimulatorServer.StartAsync(new SimulatorOptions { Port = port }, Stop));

        Assert.Contains($"127.0.0.1:{port}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_listens_on_the_loopback_address_only()
    {
        Assert.Equal($"http://{IPAddress.Loopback}:{Server.BaseAddress.Port}/", Server.BaseAddress.ToString());
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_at_once()
    {
        await Assert.ThrowsAsync<FormatException>(() => SimulatorServer.StartAsync(new SimulatorOptions { EncodingAesKey = "short" }, Stop));
    }

    [Fact]
    public void The_development_key_is_one()
    {
        var cipher = new CallbackCipher(DevelopmentCredentials.EncodingAesKey);

        Assert.Equal("owner", cipher.TryDecrypt(cipher.Encrypt("x"u8, "owner"))?.OwnerKey);
    }

    [Fact]
    public async Task It_stops_while_an_answer_is_being_delayed()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Clock = Clock }, Stop);
        server.Tenant.Faults.Rates = new FaultRates { Slow = 1, SlowBy = TimeSpan.FromHours(1) };
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var call = GetTokenAsync(http);
        await Clock.WaitForTimerAsync(TimeSpan.FromHours(1), Stop);

        await server.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public void Conference_ids_are_24_hex_digits_and_unique()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => Tenant.AddConference(videos: 0).Id).ToArray();

        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{24}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids, Tenant.Conferences.Select(conference => conference.Id));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("..")]
    public void An_id_that_no_conference_can_have_is_refused(string id)
    {
        Assert.Throws<ArgumentException>(() => Tenant.AddConference(id));
    }

    [Fact]
    public void An_id_is_given_once()
    {
        Tenant.AddConference("mine");

        Assert.Throws<ArgumentException>(() => Tenant.AddConference("mine"));
    }

    [Fact]
    public async Task The_ledger_keeps_every_call_in_order()
    {
        var conference = Tenant.AddConference();

        await GetListAsync(conference);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Client.GetConferenceInfoAsync(null, conference.Id, Stop);

        var path = $"/v1.0/conference/videoConferences/{conference.Id}";
        Assert.Equal(
            [
                new ApiCall(Now, ApiOperation.AccessToken, "/v1.0/oauth2/accessToken", null, null, "ok"),
                new ApiCall(Now, ApiOperation.GetVideos, $"{path}/cloudRecords/getVideos", conference.Id, conference.CreatorUnionId, "ok"),
                new ApiCall(Now.AddSeconds(1), ApiOperation.ConferenceInfo, path, conference.Id, null, "ok"),
            ],
            Server.Ledger.Calls);
    }

    [Fact]
    public void Secrets_are_not_in_what_the_options_print()
    {
        Assert.DoesNotContain(Server.Options.AppSecret, Server.Options.ToString(), StringComparison.Ordinal);
    }
}
