using DingTalkSimulator.Faults;
using MeetingRecordings.DingTalk;

namespace DingTalkSimulator.Tests.Faults;

public sealed class RandomFaultTests : SimulatorTest
{
    private const int Calls = 2_000;

    private static readonly FaultRates Mixed = new()
    {
        Seed = 1,
        Error = 0.1,
        Reset = 0.05,
        GatewayTimeout = 0.05,
        Html = 0.05,
        Truncated = 0.05,
    };

    [Fact]
    public async Task The_same_seed_gives_the_same_faults_in_whatever_order_calls_come()
    {
        var forwards = await RunAsync(await StartAsync(), reversed: false);
        var backwards = await RunAsync(await StartAsync(), reversed: true);

        Assert.Contains("ok", forwards);
        Assert.Contains("raw:502", forwards);
        Assert.Equal(forwards, backwards);

        static async Task<IReadOnlyList<string>> RunAsync(SimulatorServer server, bool reversed)
        {
            await using var _ = server;
            using var http = new HttpClient { BaseAddress = server.BaseAddress };
            http.DefaultRequestHeaders.Add("x-acs-dingtalk-access-token", await GetTokenAsync(http));
            var conferences = Enumerable.Range(0, 100).Select(_ => server.Tenant.AddConference()).ToArray();

            // Without resets, for after one the HTTP client may call again.
            server.Tenant.Faults.Rates = Mixed with { Reset = 0 };
            foreach (var conference in reversed ? conferences.Reverse() : conferences)
            {
                using var answer = await http.GetAsync(
                    $"v1.0/conference/videoConferences/{conference.Id}/cloudRecords/getVideos?unionId={conference.CreatorUnionId}", Stop);
            }

            return [.. conferences.Select(conference => server.Ledger.CallsOf(conference.Id).Single().Code)];
        }

        static Task<SimulatorServer> StartAsync() => SimulatorServer.StartAsync(new SimulatorOptions(), Stop);
    }

    [Fact]
    public void Another_seed_gives_other_faults()
    {
        Assert.NotEqual(Roll(Mixed), Roll(Mixed with { Seed = 2 }));
    }

    [Fact]
    public void Another_call_of_the_same_conference_rolls_anew()
    {
        Assert.True(Roll(Mixed).Distinct().Count() > 5);
    }

    [Theory]
    [InlineData("reset", 0.05)]
    [InlineData("raw:504", 0.05)]
    [InlineData("raw:502", 0.05)]
    [InlineData("truncated", 0.05)]
    [InlineData(null, 0.7)]
    public void Each_fault_comes_about_as_often_as_told(string? label, double rate)
    {
        // Fixed seed, so fixed outcome; the bounds are four standard deviations.
        var deviation = 4 * Math.Sqrt(rate * (1 - rate) / Calls);

        Assert.InRange(Roll(Mixed).Count(rolled => rolled == label) / (double)Calls, rate - deviation, rate + deviation);
    }

    [Fact]
    public void Errors_are_all_of_the_codes_told()
    {
        var rolled = Roll(new FaultRates { Error = 1, Codes = ["systemError", "permissionError"] });

        Assert.Equal(["permissionError", "systemError"], rolled.Distinct().Order());
    }

    [Fact]
    public void Slow_answers_are_the_usual_ones_later()
    {
        var rates = new FaultRates { Slow = 1, SlowBy = TimeSpan.FromSeconds(3) };

        Assert.Equal(
            new ScriptedAnswer.Usual { Delay = TimeSpan.FromSeconds(3) },
            rates.Roll(ApiOperation.GetVideos, 0, 0));
    }

    [Fact]
    public async Task A_script_comes_before_the_dice()
    {
        var conference = Tenant.AddConference();
        await GetListAsync(conference);
        conference.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"));
        Tenant.Faults.Rates = new FaultRates { Error = 1, Codes = ["resourceClose"] };

        Assert.Equal("permissionError", (await GetErrorAsync(conference)).Code);
        Assert.Equal("resourceClose", (await GetErrorAsync(conference)).Code);
        Tenant.Faults.Clear();
        await GetListAsync(conference);
    }

    [Fact]
    public async Task Tokens_and_conference_info_fail_too()
    {
        Tenant.Faults.Rates = new FaultRates { Error = 1, Codes = ["permissionError"] };

        await Client.GetConferenceInfoAsync(null, Tenant.AddConference().Id, Stop);
        Assert.Equal(["permissionError"], Server.Ledger.Calls.Select(call => call.Code));

        Tenant.Faults.Rates = null;
        await Client.GetConferenceInfoAsync(null, Tenant.AddConference().Id, Stop);
        Tenant.Faults.Rates = new FaultRates { Error = 1, Codes = ["permissionError"] };
        var info = await Client.GetConferenceInfoAsync(null, Tenant.AddConference().Id, Stop);
        Assert.Equal("permissionError", Assert.IsType<ApiAnswer<ConferenceInfo>.Failed>(info).Error.Code);
    }

    [Fact]
    public async Task Calls_beyond_the_limit_of_a_second_are_throttled_until_the_next()
    {
        var conference = Tenant.AddConference();
        Tenant.Faults.CallsPerSecond = 20;

        for (var call = 0; call < 20; call++)
        {
            await GetListAsync(conference);
        }

        Assert.Equal("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", (await GetErrorAsync(conference)).Code);
        Assert.IsType<ApiAnswer<ConferenceInfo>.Ok>(await Client.GetConferenceInfoAsync(null, conference.Id, Stop));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await GetListAsync(conference);
    }

    private static string?[] Roll(FaultRates rates)
        => [.. Enumerable.Range(0, Calls).Select(call => rates.Roll(ApiOperation.GetVideos, 0, call)?.Label)];
}
