namespace DingTalkSimulator.Faults;

/// <summary>The errors that DingTalk documents or was seen to give, with their statuses.</summary>
/// <remarks>
/// Sources: the pages of getVideos, getPlayInfos and getTexts, of conference info and of room codes, and "Global error codes", of DingTalk's open platform.
/// </remarks>
public static class ErrorCatalogue
{
    private const string Denied = "Forbidden.AccessDenied.";

    private static readonly Dictionary<string, ScriptedAnswer.ApiError> Errors = new ScriptedAnswer.ApiError[]
    {
        // getVideos
        new(400, "orgAccessForbidden", "orgAccessForbidden"),
        new(400, "unknownUserError", "unknownUserError"),
        new(400, "paramsError", "error:unionId"),
        new(400, "resourceClose", "The meeting has ended"),
        new(400, "cloudRecordNotFound", "cloudRecordNotFound"),
        new(404, "waterLimitError", "waterLimitError:50002"),
        new(404, "permissionError", "permissionError:50003"),
        new(500, "systemError", "systemError:50001"),

        // Conference info
        new(400, "missingRoomId", "MISSING ROOM ID"),
        new(400, "paramError", "PARAM ERROR"),
        new(403, "noPermission", "NO PERMISSION"),
        new(404, "roomNotFound", "ROOM NOT FOUND"),

        // Room codes
        new(400, "invalidRoomCode", "invalidRoomCode"),
        new(400, "missingRoomCode", "missingRoomCode"),

        // Tokens
        new(400, "InvalidAuthentication", "不合法的access_token"),
        new(400, "AuthenticationFailed.MissingParameter", "缺少参数：x-acs-dingtalk-access-token"),
        new(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret"),
        new(400, "invalidSuiteKey", "无效的suiteKey"),
        new(400, "invalidSuiteTicket", "无效的suiteTicket"),
        new(400, "invalidAuthInfo", "无效的授权信息"),
        new(400, "invalid.client", "invalid client"),
        new(400, "unsupported.grant.type", "unsupported grant type"),
        new(401, "unauthorized.client", "unauthorized client"),
        new(500, "server.error", "server error"),

        // Any API
        new(403, Denied + "AccessTokenPermissionDenied", "没有调用该接口的权限，接口权限申请参考：https://open.dingtalk.com/document/orgapp-server/add-api-permission")
        {
            RequiredScopes = ["VideoConference.Conference.Read"],
        },
        new(403, Denied + "IpNotInWhiteList", "访问ip不在白名单之中"),
        new(403, Denied + "QpsLimitForApi", "API的QPS超过限制"),
        new(403, Denied + "QpsLimitForAppkeyAndApi", "应用调用该API的QPS超过限制"),
        new(403, Denied + "QpsLimitForSuitekeyAndOrgAndApi", "应用在该组织调用该API的QPS超过限制"),
        new(403, Denied + "QpmLimitForAppkeyAndApi", "应用调用该API的QPM超过限制"),
        new(403, Denied + "QpmLimitForSuitekeyAndOrgAndApi", "应用在该组织调用该API的QPM超过限制"),
        new(403, Denied + "ApiCountLimitForOrg", "组织本月的API调用次数已用完"),
        new(429, "system.busy", "系统繁忙"),
        new(503, "serviceBusy", "服务繁忙"),
        new(429, "systemBusy", "系统繁忙"),
        new(500, "system.error", "系统错误"),
        new(500, "unknownError", "未知错误"),
        new(504, "service.timeout", "service timeout"),
    }.ToDictionary(error => error.Code, StringComparer.Ordinal);

    /// <summary>Every code.</summary>
    public static IReadOnlyCollection<string> Codes => Errors.Keys;

    /// <summary>Finds the error of a code.</summary>
    /// <param name="code">The code; one with junk behind a known code gives that one's status and message, and keeps the junk.</param>
    /// <returns>The error; null where no table has it.</returns>
    public static ScriptedAnswer.ApiError? Find(string code)
        => Errors.TryGetValue(code, out var error)
            ? error
            : Errors.Values.Where(known => code.StartsWith(known.Code, StringComparison.Ordinal)).MaxBy(known => known.Code.Length) is { } longest
                ? longest with { Code = code }
                : null;
}
