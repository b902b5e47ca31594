namespace MeetingRecordings.DingTalk;

/// <summary>
/// DingTalk's error codes. They are matched by prefix and in any case, for DingTalk appends junk to them
/// (<c>cloudRecordNotFound%!(EXTRA string=50513)</c>) and spells some in two ways; the HTTP status decides only where there
/// is no code, for DingTalk's statuses say little (a throttled call is a 403, a permission error a 404).
/// </summary>
/// <remarks>Sources: the getVideos page and the "Global error codes" of DingTalk's open platform.</remarks>
public static class ErrorTable
{
    /// <summary>The code for a user whom DingTalk does not know.</summary>
    public const string UnknownUser = "unknownUserError";

    private const string WrongKeys = "Correct DingTalk__AppKey and DingTalk__AppSecret, or the suite's of a third-party app, then replay.";
    private const string WrongService = "DingTalk refuses a fresh access token. Check that DingTalk__BaseAddress is the service where the app lives.";
    private const string NotListed = "Add this app's outbound IP address to the app's server list in DingTalk's console, then replay.";
    private const string DeniedPrefix = "Forbidden.AccessDenied.";

    // The first match decides, so a longer code stands before its own prefix.
    private static readonly (string Prefix, ErrorClass Class, string? WhatToFix)[] Rows =
    [
        ("cloudRecordNotFound", ErrorClass.NotReady, null),
        // The same error, where DingTalk gives its number alone.
        ("50513", ErrorClass.NotReady, null),
        ("resourceClose", ErrorClass.Unclear, "DingTalk says that the meeting is closed and lists no recording. Look at it in DingTalk, then replay."),
        // A limit by the number of participants, which may never pass.
        ("waterLimitError", ErrorClass.Limited, null),
        (UnknownUser, ErrorClass.UnknownUser, "None of the known users may see the recordings. Send the conference again with the unionId of one who may."),
        ("orgAccessForbidden", ErrorClass.Rejected, "The organisation does not let this app in. Authorise the app for it, then replay."),
        ("permissionError", ErrorClass.UnknownUser, "The user may not see this meeting's recordings. Grant it, or send the conference again with another unionId."),
        ("paramsError", ErrorClass.Rejected, "DingTalk refuses the conference id or union id. Check both, then send the conference again."),
        ("paramError", ErrorClass.Rejected, "DingTalk refuses the conference id or union id. Check both, then send the conference again."),
        ("systemBusy", ErrorClass.Busy, null),
        ("system.busy", ErrorClass.Busy, null),
        ("serviceBusy", ErrorClass.Faulted, null),
        ("systemError", ErrorClass.Faulted, null),
        ("system.error", ErrorClass.Faulted, null),
        ("unknownError", ErrorClass.Faulted, null),
        ("service.timeout", ErrorClass.Faulted, null),
        ("InvalidAuthentication", ErrorClass.InvalidToken, WrongService),
        ("AuthenticationFailed", ErrorClass.Rejected, "DingTalk found no access token in the call. Check for a proxy that removes headers."),
        ("invalidClientIdOrSecret", ErrorClass.Rejected, WrongKeys),
        ("invalid.client", ErrorClass.Rejected, WrongKeys),
        ("unauthorized.client", ErrorClass.Rejected, WrongKeys),
        ("invalidSuiteTicket", ErrorClass.Faulted, null),
        ("invalidSuite", ErrorClass.Rejected, "Correct DingTalk__SuiteKey and DingTalk__SuiteSecret, then replay."),
        ("invalidAuthInfo", ErrorClass.Rejected, "The organisation has not authorised this app. Have it authorised, then replay."),
        (DeniedPrefix + "AccessTokenPermissionDenied", ErrorClass.Rejected, "Give the app the permission VideoConference.Conference.Read in DingTalk's console, then replay."),
        (DeniedPrefix + "IpNotInWhiteList", ErrorClass.Rejected, NotListed),
        (DeniedPrefix + "ApiCountLimitForOrg", ErrorClass.QuotaExhausted, null),
        (DeniedPrefix + "Qpm", ErrorClass.ThrottledForAMinute, null),
        (DeniedPrefix + "Qps", ErrorClass.Throttled, null),
        (TransportCodes.IpBan, ErrorClass.Banned, null),
        ("missingRoomId", ErrorClass.Rejected, "DingTalk knows no such conference. Check the conference id, or send it again with a unionId."),
        ("roomNotFound", ErrorClass.Rejected, "DingTalk knows no such conference. Check the conference id, or send it again with a unionId."),
        ("noPermission", ErrorClass.Rejected, "The app may not read this conference. Grant it, or send the conference again with a unionId."),
        (TransportCodes.NoUnionId, ErrorClass.Rejected, "No user is known who may see the recordings. Send the conference again with a unionId."),
        (TransportCodes.NoCorpId, ErrorClass.Rejected, "The app needs to know the organisation. Send the conference again with its corpId."),
        (TransportCodes.Paced, ErrorClass.Throttled, null),
        (TransportCodes.NoSuiteTicket, ErrorClass.Faulted, null),

        // The older API's numbers, which the gateway wraps in an HTTP 200.
        ("errcode:404", ErrorClass.Rejected, "DingTalk has no such API at DingTalk__BaseAddress. Correct it, then replay."),
        ("errcode:40001", ErrorClass.InvalidToken, WrongService),
        ("errcode:40014", ErrorClass.InvalidToken, WrongService),
        ("errcode:42001", ErrorClass.InvalidToken, WrongService),
        ("errcode:40089", ErrorClass.Rejected, WrongKeys),
        ("errcode:40096", ErrorClass.Rejected, WrongKeys),
        ("errcode:60020", ErrorClass.Rejected, NotListed),
        ("errcode:90020", ErrorClass.QuotaExhausted, null),
        ("errcode:9001", ErrorClass.Throttled, null),
        ("errcode:9000", ErrorClass.Throttled, null),
        ("errcode:50513", ErrorClass.NotReady, null),
    ];

    /// <summary>What a code means.</summary>
    /// <param name="code">DingTalk's code, or one of <see cref="TransportCodes"/>.</param>
    /// <param name="status">The HTTP status; null where no answer came.</param>
    /// <returns>The class; <see cref="ErrorClass.Faulted"/> for what the table does not know, so that it is retried and then seen.</returns>
    public static ErrorClass Classify(string code, int? status)
        => Find(code)?.Class switch
        {
            // DingTalk documents system.busy as a limit and as an internal error.
            ErrorClass.Busy when status >= 500 => ErrorClass.Faulted,
            { } known => known,
            null => status == 429 ? ErrorClass.Busy : ErrorClass.Faulted,
        };

    /// <summary>What an operator must change so that it works.</summary>
    /// <param name="code">DingTalk's code, or one of <see cref="TransportCodes"/>.</param>
    /// <returns>One or two sentences.</returns>
    public static string WhatToFix(string code)
        => FixOf(code) ?? "Look the code up in DingTalk's error codes, mend the cause, then replay.";

    /// <summary>The same; null for a code that is unknown, or that needs no change.</summary>
    /// <param name="code">DingTalk's code, or one of <see cref="TransportCodes"/>.</param>
    public static string? FixOf(string code) => Find(code)?.WhatToFix;

    /// <summary>The codes that need a change, each with what it is.</summary>
    public static IEnumerable<(string Code, string Fix)> Fixes
        => Rows.Where(static row => row.WhatToFix is not null).Select(static row => (row.Prefix, row.WhatToFix!));

    /// <summary>The code without the junk that DingTalk appends to it, so that codes can be counted; <c>other</c> for an unknown one.</summary>
    /// <param name="code">DingTalk's code, or one of <see cref="TransportCodes"/>.</param>
    internal static string KnownCode(string code)
        => Find(code)?.Prefix ?? (code.StartsWith(TransportCodes.OwnPrefix, StringComparison.Ordinal) ? code : "other");

    private static (string Prefix, ErrorClass Class, string? WhatToFix)? Find(string code)
    {
        foreach (var row in Rows)
        {
            if (code.StartsWith(row.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                return row;
            }
        }

        return null;
    }
}
