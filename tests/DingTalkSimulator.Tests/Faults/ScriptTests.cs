using System.Diagnostics.CodeAnalysis;
using DingTalkSimulator.Faults;
using MeetingRecordings.DingTalk;

namespace DingTalkSimulator.Tests.Faults;

public sealed class ScriptTests : SimulatorTest
{
    [Fact]
    public async Task Answers_are_given_in_order_each_as_often_as_told_and_then_the_usual_one()
    {
        var conference = Tenant.AddConference();
        conference.Script
            .Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), times: 2)
            .Add(ScriptedAnswer.ApiError.Of("permissionError"));

        Assert.Equal("cloudRecordNotFound", (await GetErrorAsync(conference)).Code);
        Assert.Equal("cloudRecordNotFound", (await GetErrorAsync(conference)).Code);
        Assert.Equal("permissionError", (await GetErrorAsync(conference)).Code);
        Assert.True(conference.Script.IsEmpty);
        Assert.Equal(2, (await GetListAsync(conference)).Count);

        Assert.Equal(["cloudRecordNotFound", "cloudRecordNotFound", "permissionError", "ok"], CodesOf(conference));
        Assert.Equal(4, conference.GetVideosCalls);
    }

    [Fact]
    public async Task Each_of_many_calls_at_once_takes_an_answer_of_its_own()
    {
        const int Faults = 40;
        const int Calls = 60;
        var conference = Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"), Faults);

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => GetVideosAsync(conference)));

        Assert.Equal(Calls - Faults, answers.Count(answer => answer is ApiAnswer<IReadOnlyList<MeetingRecordings.Manifests.Video>>.Ok));
        Assert.Equal(Faults, Server.Ledger.Totals.CallsByCode["permissionError"]);
        Assert.Equal(Calls, Server.Ledger.Totals.GetVideosCalls);
    }

    [Fact]
    public async Task A_script_of_one_conference_leaves_the_others_alone()
    {
        var (one, other) = (Tenant.AddConference(), Tenant.AddConference());
        one.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"), int.MaxValue);

        await GetErrorAsync(one);
        await GetListAsync(other);
    }

    [Fact]
    public async Task A_call_without_a_good_token_takes_no_answer_of_the_script()
    {
        var conference = Tenant.AddConference();
        await GetListAsync(conference);
        conference.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"));

        Tenant.RevokeTokens();

        Assert.Equal("permissionError", (await GetErrorAsync(conference)).Code);
    }

    [Fact]
    public async Task Conference_info_has_a_script_of_its_own()
    {
        var conference = Tenant.AddConference();
        conference.InfoScript.Add(ScriptedAnswer.ApiError.Of("noPermission"));

        await GetListAsync(conference);
        var info = await Client.GetConferenceInfoAsync(null, conference.Id, Stop);

        Assert.Equal("noPermission", Assert.IsType<ApiAnswer<ConferenceInfo>.Failed>(info).Error.Code);
        Assert.IsType<ApiAnswer<ConferenceInfo>.Ok>(await Client.GetConferenceInfoAsync(null, conference.Id, Stop));
        Assert.Equal(2, conference.InfoCalls);
    }

    public static TheoryData<ScriptedAnswer, string, int?, ErrorClass> Oddities => new()
    {
        { ScriptedAnswer.Raw.Html(400), TransportCodes.UnreadableBody, 400, ErrorClass.Faulted },
        { new ScriptedAnswer.Raw(504, "text/plain", "Gateway Timeout"), TransportCodes.UnreadableBody, 504, ErrorClass.Faulted },
        { new ScriptedAnswer.Raw(503, "application/json", "{}"), TransportCodes.NoCode, 503, ErrorClass.Faulted },
        { new ScriptedAnswer.Truncated(), TransportCodes.UnreadableBody, 200, ErrorClass.Faulted },
        { new ScriptedAnswer.Huge(DingTalkHttp.MaxBodyBytes + 1), TransportCodes.BodyTooLarge, null, ErrorClass.Faulted },
        { new ScriptedAnswer.BrokenOff(), TransportCodes.ConnectionFailure, null, ErrorClass.Faulted },
        { new ScriptedAnswer.Reset(), TransportCodes.ConnectionFailure, null, ErrorClass.Faulted },
        { new ScriptedAnswer.Ban(), TransportCodes.IpBan, 200, ErrorClass.Banned },
        { new ScriptedAnswer.OldError(90018, "too many"), "errcode:90018", 200, ErrorClass.Throttled },
        { new ScriptedAnswer.OldError(88, "wrapped") { SubCode = "40014", SubMessage = "inside" }, "errcode:40014", 200, ErrorClass.InvalidToken },
    };

    [Theory]
    [MemberData(nameof(Oddities))]
    [SuppressMessage("Usage", "xUnit1045:Avoid using TheoryData type arguments that might not be serializable", Justification = "Run as one.")]
    public async Task What_is_no_ordinary_error_means_to_the_product_what_it_should(ScriptedAnswer answer, string code, int? status, ErrorClass expected)
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(answer, int.MaxValue);

        var error = await GetErrorAsync(conference);

        Assert.Equal((code, status, expected), (error.Code, error.Status, error.Class));
        Assert.All(CodesOf(conference), label => Assert.Equal(answer.Label, label));
    }

    [Fact]
    public async Task A_huge_answer_below_the_products_limit_is_good_json()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.Huge(DingTalkHttp.MaxBodyBytes));

        Assert.Empty(await GetListAsync(conference));
    }

    [Fact]
    public async Task A_broken_off_answer_counts_once_whatever_the_http_client_does()
    {
        var conference = Tenant.AddConference();
        await GetListAsync(conference);
        conference.Script.Add(new ScriptedAnswer.BrokenOff(), times: 1 + QuickRetries);

        Assert.Equal(TransportCodes.ConnectionFailure, (await GetErrorAsync(conference)).Code);
        Assert.Equal(["ok", "brokenOff", "brokenOff"], CodesOf(conference));
    }

    [Fact]
    public async Task A_wait_that_DingTalk_asks_for_arrives()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("system.busy") with { RetryAfterSeconds = 7 });

        Assert.Equal(TimeSpan.FromSeconds(7), (await GetErrorAsync(conference)).RetryAfter);
    }

    [Fact]
    public async Task A_delayed_answer_comes_when_its_time_has_passed()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.Usual { Delay = TimeSpan.FromSeconds(5) });

        var call = GetListAsync(conference);
        await Clock.PassAsync(TimeSpan.FromSeconds(5), Stop);

        Assert.Equal(2, (await call).Count);
    }

    [Fact]
    public async Task A_slow_body_is_whole_when_its_time_has_passed()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.SlowBody(TimeSpan.FromSeconds(5)));

        var call = GetListAsync(conference);
        await Clock.PassAsync(TimeSpan.FromSeconds(5), Stop);

        Assert.Equal(2, (await call).Count);
    }

    [Fact]
    public async Task An_answer_later_than_the_products_limit_is_a_timeout()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.Usual { Delay = TimeSpan.FromMinutes(1) }, int.MaxValue);

        var call = GetErrorAsync(conference);
        for (var tries = 0; tries <= QuickRetries; tries++)
        {
            await Clock.PassAsync(TimeSpan.FromMinutes(1), Stop);
        }

        Assert.Equal(TransportCodes.Timeout, (await call).Code);
    }

    [Fact]
    public async Task A_script_that_is_cleared_gives_nothing_more()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"), int.MaxValue);

        conference.Script.Clear();

        await GetListAsync(conference);
    }
}
