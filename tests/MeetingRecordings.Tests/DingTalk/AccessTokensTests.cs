using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class AccessTokensTests : DingTalkTest
{
    private static readonly TimeSpan Overall = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_request_is_the_documented_one()
    {
        await CreateTokens().GetAsync(Cancellation);

        var request = Assert.Single(DingTalk.Requests);
        Assert.Equal((HttpMethod.Post, "/v1.0/oauth2/accessToken", null), (request.Method, request.PathAndQuery, request.Token));
        using var body = JsonDocument.Parse(request.Body!);
        Assert.Equal(
            [("appKey", "the-app-key"), ("appSecret", AppSecret)],
            body.RootElement.EnumerateObject().Select(static field => (field.Name, field.Value.GetString()!)));
    }

    [Fact]
    public async Task A_token_is_kept_until_ten_minutes_before_it_expires()
    {
        NextToken("token-2");
        var tokens = CreateTokens();

        Assert.Equal("token-1", await ValueOf(tokens));
        Clock.Advance(TimeSpan.FromMinutes(110) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("token-1", await ValueOf(tokens));
        Assert.Equal(1, DingTalk.TokenRequests);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("token-2", await ValueOf(tokens));
        Assert.Equal("token-2", await ValueOf(tokens));
        Assert.Equal(2, DingTalk.TokenRequests);
    }

    [Theory]
    [InlineData("7200", 110)]
    [InlineData("\"7200\"", 110)]
    [InlineData("3600", 50)]
    [InlineData("1200", 10)]
    [InlineData("600", 5)]
    [InlineData("60", 0.5)]
    [InlineData("0", 110)]
    [InlineData("-1", 110)]
    [InlineData("null", 110)]
    [InlineData("\"soon\"", 110)]
    [InlineData("99999999999", 110)]
    public async Task A_token_is_renewed_ten_minutes_or_half_its_life_before_its_end(string expireIn, double minutes)
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, $$"""{"accessToken":"token-1","expireIn":{{expireIn}}}""");

        var token = Assert.IsType<ApiAnswer<AccessToken>.Ok>(await CreateTokens().GetAsync(Cancellation)).Value;

        Assert.Equal(Now.AddMinutes(minutes), token.RefreshAt);
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue + 1L, 7200)]
    public async Task A_life_of_68_years_is_believed_and_a_longer_one_is_not(long expireIn, int seconds)
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, $$"""{"accessToken":"token-1","expireIn":{{expireIn}}}""");

        var token = Assert.IsType<ApiAnswer<AccessToken>.Ok>(await CreateTokens().GetAsync(Cancellation)).Value;

        Assert.Equal(Now + TimeSpan.FromSeconds(seconds), token.ExpiresAt);
    }

    [Fact]
    public async Task A_thousand_callers_at_once_make_one_request()
    {
        var gate = new TaskCompletionSource();
        DingTalk.Gate = gate.Task;
        var tokens = CreateTokens();
        var waiting = new ConcurrentBag<Task<ApiAnswer<AccessToken>>>();

        Parallel.For(0, 1000, _ => waiting.Add(tokens.GetAsync(Cancellation).AsTask()));
        Assert.All(waiting, static task => Assert.False(task.IsCompleted));
        gate.SetResult();
        var answers = await Task.WhenAll(waiting).WaitAsync(Overall, Cancellation);

        Assert.Equal(1000, answers.Length);
        Assert.All(answers, static answer => Assert.Equal("token-1", Assert.IsType<ApiAnswer<AccessToken>.Ok>(answer).Value.Value));
        Assert.Equal(1, DingTalk.TokenRequests);
    }

    [Fact]
    public async Task A_thousand_callers_at_once_share_one_failure_too()
    {
        var gate = new TaskCompletionSource();
        DingTalk.Gate = gate.Task;
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 500, """{"code":"systemError"}""");
        var tokens = CreateTokens();

        var waiting = Enumerable.Range(0, 1000).Select(_ => tokens.GetAsync(Cancellation).AsTask()).ToArray();
        gate.SetResult();
        var answers = await Task.WhenAll(waiting).WaitAsync(Overall, Cancellation);

        Assert.All(answers, static answer => Assert.Equal("systemError", Assert.IsType<ApiAnswer<AccessToken>.Failed>(answer).Error!.Code));
        Assert.Equal(1, DingTalk.TokenRequests);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 500, """{"code":"systemError"}""");
        NextToken("token-2");
        var tokens = CreateTokens();

        Assert.IsType<ApiAnswer<AccessToken>.Failed>(await tokens.GetAsync(Cancellation));
        Assert.Equal("token-2", await ValueOf(tokens));
    }

    [Fact]
    public async Task When_the_renewal_fails_the_old_token_is_used_to_its_end()
    {
        var tokens = CreateTokens();
        await ValueOf(tokens);
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 500, """{"code":"systemError"}""");

        Clock.Advance(TimeSpan.FromMinutes(110));
        Assert.Equal("token-1", await ValueOf(tokens));
        Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("token-1", await ValueOf(tokens));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<ApiAnswer<AccessToken>.Failed>(await tokens.GetAsync(Cancellation));
        Assert.Equal(4, DingTalk.TokenRequests);
    }

    [Fact]
    public async Task A_caller_who_gives_up_takes_nobody_else_with_him()
    {
        var gate = new TaskCompletionSource();
        DingTalk.Gate = gate.Task;
        var tokens = CreateTokens();
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var first = tokens.GetAsync(impatient.Token).AsTask();
        var second = tokens.GetAsync(Cancellation).AsTask();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.IsType<ApiAnswer<AccessToken>.Ok>(await second.WaitAsync(Overall, Cancellation));
        Assert.Equal(1, DingTalk.TokenRequests);
    }

    [Fact]
    public async Task A_token_that_is_a_number_is_one()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, """{"accessToken":4711,"expireIn":7200}""");

        Assert.Equal("4711", await ValueOf(CreateTokens()));
    }

    [Fact]
    public async Task A_dropped_token_is_fetched_anew_and_the_one_that_replaced_it_stays()
    {
        NextToken("token-2");
        NextToken("token-3");
        var tokens = CreateTokens();
        var first = Assert.IsType<ApiAnswer<AccessToken>.Ok>(await tokens.GetAsync(Cancellation)).Value;

        tokens.Drop(first);
        Assert.Equal("token-2", await ValueOf(tokens));
        tokens.Drop(first);
        Assert.Equal("token-2", await ValueOf(tokens));
    }

    [Fact]
    public async Task An_unforeseen_exception_reaches_the_caller_and_blocks_no_later_one()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, static () => throw new NotSupportedException("unforeseen"));
        NextToken("token-2");
        var tokens = CreateTokens();

        await Assert.ThrowsAsync<NotSupportedException>(async () => await tokens.GetAsync(Cancellation));
        Assert.Equal("token-2", await ValueOf(tokens));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"accessToken":""}""")]
    [InlineData("""{"accessToken":null,"expireIn":7200}""")]
    [InlineData("""{"accessToken":{"a":1},"expireIn":7200}""")]
    public async Task An_answer_without_a_token_is_a_fault(string body)
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, body);

        var failed = Assert.IsType<ApiAnswer<AccessToken>.Failed>(await CreateTokens().GetAsync(Cancellation));

        Assert.Equal(("client.unreadableBody", ErrorClass.Faulted), (failed.Error!.Code, failed.Error!.Class));
        Assert.Equal("The answer holds no accessToken.", failed.Error!.Message);
    }

    [Fact]
    public async Task Neither_token_nor_secret_is_in_anything_that_can_be_printed()
    {
        var tokens = CreateTokens();
        var answer = await tokens.GetAsync(Cancellation);
        var token = Assert.IsType<ApiAnswer<AccessToken>.Ok>(answer).Value;
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, static () => throw new HttpRequestException("broken"));
        tokens.Drop(token);
        var failure = await tokens.GetAsync(Cancellation);
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, static () => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("""{"accessToken":"token-1","expireIn":[}"""),
        });
        var unreadable = await tokens.GetAsync(Cancellation);

        Assert.All(
            [answer.ToString(), token.ToString(), failure.ToString(), unreadable.ToString(), Options.ToString(), tokens.ToString()!],
            static text =>
            {
                Assert.DoesNotContain("token-1", text, StringComparison.Ordinal);
                Assert.DoesNotContain(AppSecret, text, StringComparison.Ordinal);
            });
    }

    [Fact]
    public void What_is_printed_of_a_token_and_of_the_options_tells_them_from_others()
    {
        var thirdParty = Options with { SuiteKey = "suite-key", SuiteSecret = "suite-secret" };

        Assert.Contains("2026-11-23T10:00:00", new AccessToken("token-1", Now, Now.AddHours(2)).ToString(), StringComparison.Ordinal);
        Assert.Contains("2026-11-23T08:00:00", new SuiteTicket("ticket-1", Now).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ticket-1", new SuiteTicket("ticket-1", Now).ToString(), StringComparison.Ordinal);
        Assert.Equal("DingTalk at https://api.dingtalk.test/ as the-app-key", Options.ToString());
        Assert.Equal("DingTalk at https://api.dingtalk.test/ as suite-key", thirdParty.ToString());
    }

    private void NextToken(string value)
        => DingTalk.Answer(ScriptedDingTalk.TokenPath, 200, $$"""{"accessToken":"{{value}}","expireIn":7200}""");

    private static async Task<string> ValueOf(AccessTokens tokens)
        => Assert.IsType<ApiAnswer<AccessToken>.Ok>(await tokens.GetAsync(Cancellation)).Value.Value;
}
