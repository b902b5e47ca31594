using System.Net.Http.Json;
using System.Text.Json;

namespace DingTalkSimulator.Tests;

public sealed class TokenTests : SimulatorTest
{
    private const string SuiteKey = "suitekey000";
    private const string SuiteSecret = "suite-secret";

    [Fact]
    public async Task An_app_gets_the_same_token_and_its_validity_is_renewed()
    {
        var first = await GetTokenAsync();
        Clock.Advance(TimeSpan.FromMinutes(119));

        Assert.Equal(first, await GetTokenAsync());

        Clock.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal("roomNotFound", await TryTokenAsync(first));
    }

    [Fact]
    public async Task A_token_expires_after_two_hours_and_is_followed_by_a_new_one()
    {
        var first = await GetTokenAsync();
        Clock.Advance(TimeSpan.FromMinutes(120));

        Assert.Equal("InvalidAuthentication", await TryTokenAsync(first));
        Assert.NotEqual(first, await GetTokenAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_call_without_a_token_is_told_which_header_it_lacks(string? token)
    {
        Assert.Equal("AuthenticationFailed.MissingParameter", await TryTokenAsync(token));
    }

    [Theory]
    [InlineData("""{"appKey":"dingdevapp000000000","appSecret":"wrong"}""")]
    [InlineData("""{"appKey":"wrong","appSecret":"simulated-app-secret-for-development-only"}""")]
    [InlineData("no JSON")]
    [InlineData("")]
    public async Task Wrong_credentials_get_no_token(string body)
    {
        using var answer = await Http.PostAsync("v1.0/oauth2/accessToken", new StringContent(body), Stop);

        Assert.Equal((400, "invalidClientIdOrSecret"), await ReadErrorAsync(answer));
    }

    [Fact]
    public async Task A_third_party_app_gets_a_new_token_each_time_and_all_of_them_hold()
    {
        var (first, second) = (await GetCorpTokenAsync(), await GetCorpTokenAsync());

        Assert.NotEqual(first, second);
        Assert.Equal("roomNotFound", await TryTokenAsync(first));
        Assert.Equal("roomNotFound", await TryTokenAsync(second));

        async Task<string> GetCorpTokenAsync()
        {
            using var answer = await PostCorpTokenAsync(SuiteKey, SuiteSecret, DevelopmentCredentials.SuiteTicket, DevelopmentCredentials.CorpId);
            return await ReadTokenAsync(answer, "accessToken", "expireIn");
        }
    }

    [Theory]
    [InlineData("wrong", SuiteSecret, DevelopmentCredentials.SuiteTicket, DevelopmentCredentials.CorpId, "invalidSuiteKey")]
    [InlineData(SuiteKey, "wrong", DevelopmentCredentials.SuiteTicket, DevelopmentCredentials.CorpId, "invalidSuiteKey")]
    [InlineData(SuiteKey, SuiteSecret, "wrong", DevelopmentCredentials.CorpId, "invalidSuiteTicket")]
    [InlineData(SuiteKey, SuiteSecret, DevelopmentCredentials.SuiteTicket, "wrong", "invalidAuthInfo")]
    public async Task A_third_party_app_is_told_what_is_wrong(string key, string secret, string ticket, string corpId, string code)
    {
        using var answer = await PostCorpTokenAsync(key, secret, ticket, corpId);

        Assert.Equal((400, code), await ReadErrorAsync(answer));
    }

    [Theory]
    [InlineData(DevelopmentCredentials.AppKey, DevelopmentCredentials.AppSecret)]
    [InlineData(SuiteKey, SuiteSecret)]
    public async Task The_newer_way_speaks_snake_case_and_serves_both_kinds_of_app(string id, string secret)
    {
        using var answer = await PostUnifiedAsync(DevelopmentCredentials.CorpId, id, secret, "client_credentials");

        Assert.Equal("roomNotFound", await TryTokenAsync(await ReadTokenAsync(answer, "access_token", "expires_in")));
    }

    [Theory]
    [InlineData("wrong", DevelopmentCredentials.AppSecret, "client_credentials", 500, "unknownError")]
    [InlineData(DevelopmentCredentials.CorpId, "wrong", "client_credentials", 400, "invalid.client")]
    [InlineData(DevelopmentCredentials.CorpId, DevelopmentCredentials.AppSecret, "password", 400, "unsupported.grant.type")]
    public async Task The_newer_way_has_errors_of_its_own(string corpId, string secret, string grantType, int status, string code)
    {
        using var answer = await PostUnifiedAsync(corpId, DevelopmentCredentials.AppKey, secret, grantType);

        Assert.Equal((status, code), await ReadErrorAsync(answer));
    }

    [Fact]
    public async Task After_a_revocation_the_products_client_gets_a_new_token_by_itself()
    {
        var conference = Tenant.AddConference();
        await GetListAsync(conference);

        Tenant.RevokeTokens();

        Assert.Equal(2, (await GetListAsync(conference)).Count);
        Assert.Equal(["ok", "InvalidAuthentication", "ok"], CodesOf(conference));
        Assert.Equal(2, Server.Ledger.Calls.Count(call => call.Operation == ApiOperation.AccessToken));
    }

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with { SuiteKey = SuiteKey, SuiteSecret = SuiteSecret };

    private static async Task<string> ReadTokenAsync(HttpResponseMessage answer, string tokenField, string lifetimeField)
    {
        Assert.Equal(200, (int)answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(7200, body.GetProperty(lifetimeField).GetInt32());
        return body.GetProperty(tokenField).GetString()!;
    }

    private static async Task<(int Status, string? Code)> ReadErrorAsync(HttpResponseMessage answer)
        => ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());

    private Task<HttpResponseMessage> PostCorpTokenAsync(string key, string secret, string ticket, string corpId)
        => Http.PostAsJsonAsync(
            "v1.0/oauth2/corpAccessToken", new { suiteKey = key, suiteSecret = secret, suiteTicket = ticket, authCorpId = corpId }, Stop);

    private Task<HttpResponseMessage> PostUnifiedAsync(string corpId, string id, string secret, string grantType)
        => Http.PostAsJsonAsync(
            $"v1.0/oauth2/{corpId}/token", new { client_id = id, client_secret = secret, grant_type = grantType }, Stop);

    // Of a conference that does not exist, so that a token that holds gets as far as roomNotFound.
    private async Task<string?> TryTokenAsync(string? token)
    {
        using var answer = await CallAsync("v1.0/conference/videoConferences/nobody", token);
        return (await ReadErrorAsync(answer)).Code;
    }
}
