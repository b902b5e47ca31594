using System.Text.Json;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Tokens;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>DingTalk's three ways to an access token.</summary>
internal sealed class TokenApi(SimulatorOptions options, Tenant tenant, Ledger ledger, ApiGate gate, AnswerSender sender)
{
    private static readonly int LifetimeSeconds = (int)TokenBook.Lifetime.TotalSeconds;
    private int _calls = -1;

    /// <summary>The token of an internal app: the same one while it holds, renewed.</summary>
    public async Task AccessTokenAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        var known = body?.AppKey == options.AppKey && body.AppSecret == options.AppSecret;
        await AnswerAsync(context, ApiOperation.AccessToken, known ? null : "invalidClientIdOrSecret", RenewApp, CamelCase);
    }

    /// <summary>The token of a third-party app for an organisation: a new one each time.</summary>
    public async Task CorpAccessTokenAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        var fault = !IsSuite(body?.SuiteKey, body?.SuiteSecret) ? "invalidSuiteKey"
            : body!.SuiteTicket != tenant.SuiteTicket ? "invalidSuiteTicket"
            : body.AuthCorpId != options.CorpId ? "invalidAuthInfo"
            : null;
        await AnswerAsync(context, ApiOperation.CorpAccessToken, fault, tenant.Tokens.Issue, CamelCase);
    }

    /// <summary>The token of either kind of app, the newer way, in snake case.</summary>
    public async Task UnifiedTokenAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        var isApp = body?.ClientId == options.AppKey && body.ClientSecret == options.AppSecret;
        var fault = (string?)context.Request.RouteValues["corpId"] != options.CorpId ? "unknownError"
            : body?.GrantType != "client_credentials" ? "unsupported.grant.type"
            : !isApp && !IsSuite(body.ClientId, body.ClientSecret) ? "invalid.client"
            : null;
        await AnswerAsync(context, ApiOperation.UnifiedToken, fault, isApp ? RenewApp : RenewSuite, SnakeCase);
    }

    private static void CamelCase(Utf8JsonWriter json, Func<string> issue)
    {
        json.WriteStartObject();
        json.WriteString("accessToken"u8, issue());
        json.WriteNumber("expireIn"u8, LifetimeSeconds);
        json.WriteEndObject();
    }

    private static void SnakeCase(Utf8JsonWriter json, Func<string> issue)
    {
        json.WriteStartObject();
        json.WriteString("access_token"u8, issue());
        json.WriteNumber("expires_in"u8, LifetimeSeconds);
        json.WriteEndObject();
    }

    private static async Task<TokenRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, WireJsonContext.Default.TokenRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsSuite(string? key, string? secret) => options.SuiteKey is not null && key == options.SuiteKey && secret == options.SuiteSecret;

    private string RenewApp() => tenant.Tokens.Renew(options.AppKey);

    private string RenewSuite() => tenant.Tokens.Renew(options.SuiteKey!);

    private Task AnswerAsync(HttpContext context, ApiOperation operation, string? fault, Func<string> issue, Action<Utf8JsonWriter, Func<string>> write)
    {
        var refusal = gate.Limit(operation, isMetered: fault is null) ?? (fault is null ? null : ScriptedAnswer.ApiError.Of(fault));
        var scripted = refusal is null ? gate.Roll(operation, 0, Interlocked.Increment(ref _calls)) : null;
        ledger.Add(new ApiCall(
            options.Clock.GetUtcNow(), operation, context.Request.Path.Value!, null, null, AnswerSender.CodeOf(scripted, refusal)));
        return sender.SendAsync(context, scripted, refusal, issue, write);
    }
}
