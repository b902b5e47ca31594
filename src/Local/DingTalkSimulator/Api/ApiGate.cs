using DingTalkSimulator.Faults;
using DingTalkSimulator.Metering;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>What every call of the API goes through before it is answered.</summary>
internal sealed class ApiGate(Tenant tenant, CallMeter meter)
{
    private const string TokenHeader = "x-acs-dingtalk-access-token";
    private static readonly ScriptedAnswer.ApiError NoToken = ScriptedAnswer.ApiError.Of("AuthenticationFailed.MissingParameter");
    private static readonly ScriptedAnswer.ApiError BadToken = ScriptedAnswer.ApiError.Of("InvalidAuthentication");
    private static readonly ScriptedAnswer.ApiError TooMany = ScriptedAnswer.ApiError.Of("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi");
    private static readonly ScriptedAnswer.ApiError QuotaSpent = ScriptedAnswer.ApiError.Of("Forbidden.AccessDenied.ApiCountLimitForOrg");

    private static readonly ScriptedAnswer.OldError OldBadToken = new(88, "ding talk error[subcode=40014,submsg=不合法的access_token]")
    {
        SubCode = "40014",
        SubMessage = "不合法的access_token",
    };

    private static readonly ScriptedAnswer.OldError OldTooMany = new(88, "ding talk error[subcode=90018,submsg=应用调用该接口的QPS超过限制]")
    {
        SubCode = "90018",
        SubMessage = "应用调用该接口的QPS超过限制",
    };

    private static readonly ScriptedAnswer.OldError OldQuotaSpent = new(88, "ding talk error[subcode=90020,submsg=组织本月的API调用次数已用完]")
    {
        SubCode = "90020",
        SubMessage = "组织本月的API调用次数已用完",
    };

    /// <summary>Whether a call goes any further.</summary>
    /// <returns>The error that refuses it; null where it goes on.</returns>
    public ScriptedAnswer.ApiError? Refuse(HttpContext context, ApiOperation operation)
    {
        string? token = context.Request.Headers[TokenHeader];
        return string.IsNullOrEmpty(token) ? NoToken
            : !tenant.Tokens.IsValid(token) ? BadToken
            : Limit(operation, isMetered: true);
    }

    /// <summary>Whether a call of the older API goes any further.</summary>
    /// <returns>The error that refuses it; null where it goes on.</returns>
    public ScriptedAnswer.OldError? RefuseOld(HttpContext context, ApiOperation operation)
    {
        string? token = context.Request.Query["access_token"];
        return token is null || !tenant.Tokens.IsValid(token) ? OldBadToken
            : Limit(operation, isMetered: true) is not { } refusal ? null
            : refusal == TooMany ? OldTooMany
            : OldQuotaSpent;
    }

    /// <summary>Whether a call that needs no token goes any further.</summary>
    /// <param name="operation">What is called.</param>
    /// <param name="isMetered">Whether the month's meter counts it where it counts such calls.</param>
    /// <returns>The error that refuses it; null where it goes on.</returns>
    public ScriptedAnswer.ApiError? Limit(ApiOperation operation, bool isMetered)
        => !meter.TryCount(operation, tenant.Faults.CallsPerSecond) ? TooMany
            : !isMetered || !MonthMeter.Counts(operation) || tenant.Meter.TryCountCall() ? null
            : QuotaSpent;

    /// <summary>Rolls for a random fault.</summary>
    /// <param name="operation">What is called.</param>
    /// <param name="subject">The conference's ordinal; 0 where there is none.</param>
    /// <param name="call">The number of such calls before.</param>
    /// <returns>The fault; null for none.</returns>
    public ScriptedAnswer? Roll(ApiOperation operation, int subject, int call)
        => tenant.Faults.Rates?.Roll(operation, subject, call);
}
