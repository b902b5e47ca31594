using DingTalkSimulator.Faults;
using DingTalkSimulator.Metering;

namespace DingTalkSimulator.Tests.Metering;

public sealed class MonthMeterTests : SimulatorTest
{
    [Fact]
    public async Task Calls_count_and_tokens_of_an_internal_app_do_not()
    {
        var conference = Tenant.AddConference();

        await GetListAsync(conference);
        await Client.GetConferenceInfoAsync(null, conference.Id, Stop);
        using var list = await CallAsync($"call_back/get_call_back_failed_result?access_token={await GetTokenAsync()}", null);
        await GetErrorAsync(Tenant.AddConference(videos: 0));

        Assert.Equal(new MeteredMonth("2026-11", Calls: 4, CallsRefused: 0, Events: 0, EventsStopped: 0), Tenant.Meter.Current);
    }

    [Fact]
    public async Task What_is_refused_for_its_rate_or_its_token_does_not_count()
    {
        var conference = Tenant.AddConference();
        Tenant.Faults.CallsPerSecond = 1;
        await GetListAsync(conference);

        Assert.StartsWith("Forbidden.AccessDenied.Qps", (await GetErrorAsync(conference)).Code, StringComparison.Ordinal);
        using var refused = await CallAsync("v1.0/conference/videoConferences/x", "wrong");

        Assert.Equal(1, Tenant.Meter.Current.Calls);
    }

    [Fact]
    public async Task Beyond_the_limit_every_call_gets_the_quota_answer_until_the_next_month()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);
        Tenant.Traits = Tenant.Traits with { CallsPerMonth = 2 };
        await GetErrorAsync(conference);

        Assert.Equal("Forbidden.AccessDenied.ApiCountLimitForOrg", (await GetErrorAsync(conference)).Code);
        using var old = await CallAsync($"call_back/get_call_back_failed_result?access_token={await GetTokenAsync()}", null);
        Assert.Contains("\"sub_code\":\"90020\"", await old.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(new MeteredMonth("2026-11", Calls: 2, CallsRefused: 2, Events: 0, EventsStopped: 0), Tenant.Meter.Current);

        Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal("systemError", (await GetErrorAsync(conference)).Code);
        Assert.Equal(["2026-11", "2026-12"], Tenant.Meter.Months.Select(month => month.Month));
    }

    [Theory]
    [InlineData(8, "2026-12")]
    [InlineData(0, "2026-11")]
    public void The_month_begins_at_the_chosen_zone(int hours, string month)
    {
        Tenant.Traits = Tenant.Traits with { MonthUtcOffset = TimeSpan.FromHours(hours) };
        Clock.Advance(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero) - Now);

        Assert.Equal(month, Tenant.Meter.Current.Month);
    }

    [Fact]
    public void By_default_it_begins_in_China()
    {
        Assert.Equal(TimeSpan.FromHours(8), Tenant.Traits.MonthUtcOffset);
    }

    [Fact]
    public async Task Beyond_the_limit_no_event_is_pushed_or_listed()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Tenant.Traits = Tenant.Traits with { EventsPerMonth = 2 };
        var conferences = Enumerable.Range(0, 3).Select(_ => Tenant.AddConference()).ToArray();

        var pushes = new List<bool>();
        foreach (var conference in conferences)
        {
            var push = await Server.Pusher.PushEndedAsync(conference.Id, callback.Url, Stop);
            pushes.Add(push.Delivered);
        }

        Assert.Equal([true, true, false], pushes);
        Assert.Equal(2, callback.Requests.Count);
        Assert.Empty(Server.Pusher.Failed.Items);
        var lost = Assert.Single(Server.Ledger.LostEvents);
        Assert.Equal((conferences[2].Id, LossReason.EventLimit), (lost.ConferenceId, lost.Reason));
        Assert.Equal((2, 1), (Tenant.Meter.Current.Events, Tenant.Meter.Current.EventsStopped));
    }

    [Fact]
    public async Task The_check_of_a_callback_url_is_no_event()
    {
        await using var callback = await Callback.StartAsync(Server.Options);

        await Server.Pusher.PushAsync(DingTalkSimulator.Pushing.PushedEvent.CheckUrl, null, callback.Url, Stop);

        Assert.Equal(0, Tenant.Meter.Current.Events);
    }

    [Fact]
    public async Task What_was_counted_can_be_forgotten()
    {
        await GetListAsync(Tenant.AddConference());

        Tenant.Meter.Clear();

        Assert.Equal((0, 0), (Tenant.Meter.Current.Calls, Tenant.Meter.Months.Count));
    }
}
