using System.Net.Http.Json;
using System.Text.Json;
using DingTalkSimulator.Pushing;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;

namespace DingTalkSimulator.Tests.Pushing;

public sealed class SuiteTicketTests : SimulatorTest
{
    private const string SuiteKey = "suitekey000";
    private const string SuiteSecret = "suite-secret";
    private static readonly TimeSpan Every = TimeSpan.FromHours(5);

    [Theory]
    [InlineData(PushForm.SyncHttp, "SYNC_HTTP_PUSH_HIGH")]
    [InlineData(PushForm.Http, "suite_ticket")]
    public async Task A_new_ticket_is_pushed_and_voids_the_one_before(PushForm form, string eventType)
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Tenant.Traits = Tenant.Traits with { TicketForm = form };
        Assert.Equal(200, await AskTokenAsync(DevelopmentCredentials.SuiteTicket));

        Assert.True((await Server.Pusher.PushTicketAsync(callback.Url, Stop)).Delivered);

        var verified = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
        Assert.Equal(eventType, JsonElement.Parse(verified.Plaintext.Span).GetProperty("EventType").GetString());
        var pushed = Assert.IsType<DingTalkEvent.SuiteTicketPushed>(Assert.Single(DingTalkPushReader.Read(verified.Plaintext.Span)));
        Assert.Equal(Tenant.SuiteTicket, pushed.Ticket);
        Assert.Equal(form == PushForm.Http ? SuiteKey : null, pushed.SuiteKey);
        Assert.Equal((400, 200), (await AskTokenAsync(DevelopmentCredentials.SuiteTicket), await AskTokenAsync(pushed.Ticket)));
        Assert.Equal(0, Tenant.Meter.Current.Events);
    }

    [Fact]
    public async Task Every_five_hours_there_is_a_new_one()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Server.Pusher.CallbackUrl = callback.Url;

        await Clock.PassAsync(Every, Stop);
        await callback.Readings.ReadAsync(Stop);
        var first = Tenant.SuiteTicket;
        await Clock.PassAsync(Every, Stop);
        await callback.Readings.ReadAsync(Stop);

        Assert.NotEqual(DevelopmentCredentials.SuiteTicket, first);
        Assert.NotEqual(first, Tenant.SuiteTicket);
    }

    [Fact]
    public async Task A_ticket_that_is_not_accepted_is_pushed_on_and_never_listed()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        for (var refusal = 0; refusal < 4; refusal++)
        {
            callback.Answers.Enqueue((context, _) =>
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            });
        }

        var push = Server.Pusher.PushTicketAsync(callback.Url, Stop);
        foreach (var seconds in new[] { 10, 30, 30, 30 })
        {
            await Clock.PassAsync(TimeSpan.FromSeconds(seconds), Stop);
        }

        Assert.Equal(new PushResult(true, 5, 200, null), await push);
        Assert.Empty(Server.Pusher.Failed.Items);
    }

    [Fact]
    public async Task After_a_hundred_tries_it_is_given_up()
    {
        await using var server = await SimulatorServer.StartAsync(
            new SimulatorOptions { SuiteKey = SuiteKey, SuiteSecret = SuiteSecret, PushRetries = [TimeSpan.Zero] }, Stop);

        // The discard port: nothing listens there.
        Assert.Equal(100, (await server.Pusher.PushTicketAsync(new Uri("http://127.0.0.1:9/"), Stop)).Attempts);
    }

    protected override SimulatorOptions Configure(SimulatorOptions options)
        => options with { SuiteKey = SuiteKey, SuiteSecret = SuiteSecret };

    private async Task<int> AskTokenAsync(string ticket)
    {
        using var answer = await Http.PostAsJsonAsync(
            "v1.0/oauth2/corpAccessToken",
            new { suiteKey = SuiteKey, suiteSecret = SuiteSecret, suiteTicket = ticket, authCorpId = DevelopmentCredentials.CorpId },
            Stop);
        return (int)answer.StatusCode;
    }
}
