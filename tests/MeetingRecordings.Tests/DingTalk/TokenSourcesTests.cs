using System.Collections.Concurrent;
using System.Net;
using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class TokenSourcesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly DingTalkOptions Internal = new(new Uri("http://dingtalk.test/"), "app-key", "app-secret") { QuickRetries = 1, QuickRetryDelay = TimeSpan.Zero };
    private static readonly DingTalkOptions ThirdParty = Internal with { SuiteKey = "suite-key", SuiteSecret = "suite-secret" };

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly ConcurrentQueue<(string Path, string Body)> _calls = [];
    private readonly TicketStore _tickets = new();
    private Func<int, (HttpStatusCode Status, string Body)> _answer = static n => (HttpStatusCode.OK, $$"""{"accessToken":"token-{{n}}","expireIn":7200}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_internal_app_has_one_token_for_every_organisation_and_for_none()
    {
        var source = Create(Internal);

        Assert.Equal("token-1", await TokenAsync(source, "corp-1"));
        Assert.Equal("token-1", await TokenAsync(source, "corp-2"));
        Assert.Equal("token-1", await TokenAsync(source, null));

        Assert.Equal(("/v1.0/oauth2/accessToken", """{"appKey":"app-key","appSecret":"app-secret"}"""), Assert.Single(_calls));
    }

    [Fact]
    public async Task A_third_party_app_shows_its_ticket_and_gets_a_token_for_each_organisation()
    {
        var source = Create(ThirdParty);

        Assert.Equal("token-1", await TokenAsync(source, "corp-1"));
        Assert.Equal("token-2", await TokenAsync(source, "corp-2"));
        Assert.Equal("token-1", await TokenAsync(source, "corp-1"));

        Assert.Equal(
            [
                ("/v1.0/oauth2/corpAccessToken", """{"suiteKey":"suite-key","suiteSecret":"suite-secret","authCorpId":"corp-1","suiteTicket":"ticket-1"}"""),
                ("/v1.0/oauth2/corpAccessToken", """{"suiteKey":"suite-key","suiteSecret":"suite-secret","authCorpId":"corp-2","suiteTicket":"ticket-1"}"""),
            ],
            _calls);
    }

    [Fact]
    public async Task The_newest_ticket_is_shown_at_each_renewal()
    {
        var source = Create(ThirdParty);
        await TokenAsync(source, "corp-1");
        _tickets.Give = static () => new SuiteTicket("ticket-2", Now.AddHours(1));

        _clock.Advance(TimeSpan.FromMinutes(109));
        Assert.Equal("token-1", await TokenAsync(source, "corp-1"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("token-2", await TokenAsync(source, "corp-1"));

        Assert.Contains("ticket-2", _calls.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_callers_of_one_organisation_cause_one_request()
    {
        var source = Create(ThirdParty);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => TokenAsync(source, "corp-1"))));

        Assert.All(tokens, static token => Assert.Equal("token-1", token));
        Assert.Single(_calls);
    }

    [Fact]
    public async Task A_dropped_token_is_dropped_in_its_own_organisation_alone_and_once()
    {
        var source = Create(ThirdParty);
        var first = await GetAsync(source, "corp-1");
        await TokenAsync(source, "corp-2");

        source.InCorp("corp-1").Drop(first);
        Assert.Equal("token-3", await TokenAsync(source, "corp-1"));
        source.InCorp("corp-1").Drop(first);

        Assert.Equal("token-3", await TokenAsync(source, "corp-1"));
        Assert.Equal("token-2", await TokenAsync(source, "corp-2"));
    }

    [Fact]
    public async Task Whether_tokens_can_be_had_is_tried_in_the_organisation_that_was_asked_for_last()
    {
        var source = Create(ThirdParty with { QuickRetries = 0 });
        Assert.Null(await source.ProbeAsync(Cancellation));
        Assert.Empty(_calls);
        await TokenAsync(source, "corp-1");
        _answer = static _ => (HttpStatusCode.BadRequest, """{"code":"invalidAuthInfo"}""");
        await ErrorAsync(source, "corp-2");

        Assert.Equal("invalidAuthInfo", (await source.ProbeAsync(Cancellation))?.Code);
        await TokenAsync(source, "corp-1");
        Assert.Null(await source.ProbeAsync(Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_an_organisation_the_conference_is_rejected_with_what_to_fix_and_nothing_is_asked(bool unified)
    {
        var source = Create(unified ? Internal with { TokenApi = TokenApi.Unified } : ThirdParty);

        var error = await ErrorAsync(source, null);

        Assert.Equal((ErrorClass.Rejected, "The notification names no organisation."), (error.Class, error.Message));
        Assert.Contains("corpId", ErrorTable.WhatToFix(error.Code), StringComparison.Ordinal);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task Before_the_first_ticket_has_come_the_conference_waits()
    {
        _tickets.Give = static () => null;
        var source = Create(ThirdParty);

        var error = await ErrorAsync(source, "corp-1");
        Assert.Equal((ErrorClass.Faulted, "DingTalk has pushed no suite ticket yet."), (error.Class, error.Message));
        Assert.Empty(_calls);

        _tickets.Give = static () => new SuiteTicket("ticket-1", Now);
        Assert.Equal("token-1", await TokenAsync(source, "corp-1"));
    }

    [Fact]
    public async Task Where_no_tickets_are_kept_none_has_come()
    {
        var http = new HttpClient(new Handler(this)) { BaseAddress = ThirdParty.BaseAddress };
        var source = TokenSources.Create(new DingTalkHttp(http, ThirdParty, _clock), ThirdParty, null, _clock);

        var error = await ErrorAsync(source, "corp-1");

        Assert.Equal(("client.noSuiteTicket", "DingTalk has pushed no suite ticket yet."), (error.Code, error.Message));
    }

    [Fact]
    public async Task A_ticket_that_DingTalk_refuses_is_waited_for_like_one_that_has_not_come()
    {
        _answer = static _ => (HttpStatusCode.BadRequest, """{"code":"invalidSuiteTicket","message":"no"}""");

        Assert.Equal(ErrorClass.Faulted, (await ErrorAsync(Create(ThirdParty), "corp-1")).Class);
    }

    public static TheoryData<int, string, string, ErrorClass> Failures => new()
    {
        { 400, "<html>tengine</html>", "client.unreadableBody", ErrorClass.Faulted },
        { 200, "", "client.unreadableBody", ErrorClass.Faulted },
        { 504, "", "client.unreadableBody", ErrorClass.Faulted },
        { 200, """{"accessToken":"tok""", "client.unreadableBody", ErrorClass.Faulted },
        { 200, "[]", "client.unreadableBody", ErrorClass.Faulted },
        { 200, """{"status":1111,"wait":5}""", "client.ipBan", ErrorClass.Banned },
        { 200, """{"errcode":40096,"errmsg":"no"}""", "errcode:40096", ErrorClass.Rejected },
        { 200, """{"errcode":404,"errmsg":"no"}""", "errcode:404", ErrorClass.Rejected },
        { 400, """{"Code":"invalidClientIdOrSecret%!(EXTRA int=1)","Message":"no"}""", "invalidClientIdOrSecret%!(EXTRA int=1)", ErrorClass.Rejected },
        { 401, """{"code":"unauthorized.client"}""", "unauthorized.client", ErrorClass.Rejected },
        { 403, """{"code":"Forbidden.AccessDenied.QpsLimitForApi"}""", "Forbidden.AccessDenied.QpsLimitForApi", ErrorClass.Throttled },
        { 403, """{"code":"Forbidden.AccessDenied.ApiCountLimitForOrg"}""", "Forbidden.AccessDenied.ApiCountLimitForOrg", ErrorClass.QuotaExhausted },
        { 429, "{}", "client.noCode", ErrorClass.Throttled },
        { 500, """{"code":"server.error"}""", "server.error", ErrorClass.Faulted },
        { 500, """{"code":"unknownError","requestid":"r1"}""", "unknownError", ErrorClass.Faulted },
        { 503, "{}", "client.noCode", ErrorClass.Faulted },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_DingTalk_answers_instead_of_a_token_is_told_as_of_any_other_call(int status, string body, string code, ErrorClass expected)
    {
        _answer = _ => ((HttpStatusCode)status, body);
        foreach (var options in new[] { Internal, ThirdParty, Internal with { TokenApi = TokenApi.Unified } })
        {
            var error = await ErrorAsync(Create(options), "corp-1");

            Assert.Equal((code, expected), (error.Code, error.Class));
            Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_ticket_store_that_fails_is_a_fault_that_does_not_repeat_what_it_said()
    {
        _tickets.Give = static () => throw new IOException("ticket-1");

        var error = await ErrorAsync(Create(ThirdParty), "corp-1");

        Assert.Equal(ErrorClass.Faulted, error.Class);
        Assert.Equal("The suite ticket cannot be read: IOException.", error.Message);
    }

    [Theory]
    [InlineData(false, "app-key", "app-secret")]
    [InlineData(true, "suite-key", "suite-secret")]
    public async Task The_unified_api_needs_no_ticket_and_names_the_organisation_in_its_path(bool thirdParty, string id, string secret)
    {
        _answer = static n => (HttpStatusCode.OK, $$"""{"access_token":"unified-{{n}}","expires_in":"7200"}""");
        var source = Create((thirdParty ? ThirdParty : Internal) with { TokenApi = TokenApi.Unified });

        Assert.Equal("unified-1", await TokenAsync(source, "ding/1"));
        Assert.Equal("unified-2", await TokenAsync(source, "corp-2"));

        Assert.Equal(
            ("/v1.0/oauth2/ding%2F1/token", $$"""{"client_id":"{{id}}","client_secret":"{{secret}}","grant_type":"client_credentials"}"""),
            _calls.First());
        Assert.Equal(0, _tickets.Reads);
    }

    [Theory]
    [InlineData("invalidSuiteKey")]
    [InlineData("invalidAuthInfo")]
    public async Task Bad_credentials_are_rejected_and_asked_again_at_the_next_call(string code)
    {
        _answer = n => n == 1 ? (HttpStatusCode.BadRequest, $$"""{"code":"{{code}}","message":"no"}""") : (HttpStatusCode.OK, """{"accessToken":"good","expireIn":7200}""");
        var source = Create(ThirdParty);

        Assert.Equal(ErrorClass.Rejected, (await ErrorAsync(source, "corp-1")).Class);
        Assert.Equal("good", await TokenAsync(source, "corp-1"));
    }

    [Fact]
    public async Task Only_the_organisations_asked_for_last_are_kept()
    {
        var source = Create(ThirdParty with { CallsPerSecond = 1000 });
        for (var i = 0; i <= CorpTokens.MaxCorps; i++)
        {
            // So that corp-0 is never the one that was asked for longest ago.
            await TokenAsync(source, "corp-0");
            await TokenAsync(source, $"corp-{i}");
        }

        var calls = _calls.Count;
        await TokenAsync(source, "corp-0");
        Assert.Equal(calls, _calls.Count);
        await TokenAsync(source, "corp-1");
        Assert.Equal(calls + 1, _calls.Count);
    }

    private static async Task<AccessToken> GetAsync(ITokenSource source, string? corpId)
        => Assert.IsType<ApiAnswer<AccessToken>.Ok>(await source.InCorp(corpId).GetAsync(Cancellation)).Value;

    private static async Task<string> TokenAsync(ITokenSource source, string? corpId) => (await GetAsync(source, corpId)).Value;

    private static async Task<DingTalkError> ErrorAsync(ITokenSource source, string? corpId)
        => Assert.IsType<ApiAnswer<AccessToken>.Failed>(await source.InCorp(corpId).GetAsync(Cancellation)).Error!;

    private ITokenSource Create(DingTalkOptions options)
    {
        var http = new HttpClient(new Handler(this)) { BaseAddress = options.BaseAddress };
        return TokenSources.Create(new DingTalkHttp(http, options, _clock), options, _tickets, _clock);
    }

    private sealed class TicketStore : ISuiteTicketStore
    {
        public Func<SuiteTicket?> Give { get; set; } = static () => new SuiteTicket("ticket-1", Now);

        public int Reads { get; private set; }

        public Task SaveAsync(string suiteKey, SuiteTicket ticket, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SuiteTicket?> GetAsync(string suiteKey, CancellationToken cancellationToken)
        {
            Assert.Equal("suite-key", suiteKey);
            Reads++;
            return Task.FromResult(Give());
        }
    }

    private sealed class Handler(TokenSourcesTests test) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._calls.Enqueue((request.RequestUri!.AbsolutePath, await request.Content!.ReadAsStringAsync(cancellationToken)));
            var (status, body) = test._answer(test._calls.Count);
            return new HttpResponseMessage(status) { Content = new StringContent(body) };
        }
    }
}
