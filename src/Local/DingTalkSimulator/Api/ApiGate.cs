using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>What every call of the API goes through before it is answered.</summary>
internal sealed class ApiGate(Tenant tenant, CallMeter meter)
{
    private const string TokenHeader = "x-acs-dingtalk-access-token";
    private static readonly ScriptedAnswer.ApiError NoToken = ScriptedAnswer.ApiError.Of("AuthenticationFailed.MissingParameter");
    private static readonly ScriptedAnswer.ApiError BadToken = ScriptedAnswer.ApiError.Of("InvalidAuthentication");
    private static readonly ScriptedAnswer.ApiError TooMany = ScriptedAnswer.ApiError.Of("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi");

    /// <summary>Whether a call goes any further.</summary>
    /// <returns>The error that refuses it; null where it goes on.</returns>
    public ScriptedAnswer.ApiError? Refuse(HttpContext context, ApiOperation operation)
    {
        string? token = context.Request.Headers[TokenHeader];
        return string.IsNullOrEmpty(token) ? NoToken
            : !tenant.Tokens.IsValid(token) ? BadToken
            : Limit(operation);
    }

    /// <summary>Whether a call that needs no token goes any further.</summary>
    /// <returns>The error that refuses it; null where it goes on.</returns>
    public ScriptedAnswer.ApiError? Limit(ApiOperation operation) => meter.TryCount(operation, tenant.Faults.CallsPerSecond) ? null : TooMany;

    /// <summary>Rolls for a random fault.</summary>
    /// <param name="operation">What is called.</param>
    /// <param name="subject">The conference's ordinal; 0 where there is none.</param>
    /// <param name="call">The number of such calls before.</param>
    /// <returns>The fault; null for none.</returns>
    public ScriptedAnswer? Roll(ApiOperation operation, int subject, int call)
        => tenant.Faults.Rates?.Roll(operation, subject, call);
}
