using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class ErrorTableTests
{
    public static TheoryData<string, ErrorClass> Codes => new()
    {
        { "cloudRecordNotFound", ErrorClass.NotReady },
        { "50513", ErrorClass.NotReady },
        { "errcode:50513", ErrorClass.NotReady },
        { "resourceClose", ErrorClass.Unclear },
        { "waterLimitError", ErrorClass.Limited },
        { "unknownUserError", ErrorClass.UnknownUser },
        { "orgAccessForbidden", ErrorClass.Rejected },
        { "permissionError", ErrorClass.UnknownUser },
        { "paramsError", ErrorClass.Rejected },
        { "paramError", ErrorClass.Rejected },
        { "serviceBusy", ErrorClass.Faulted },
        { "errcode:90020", ErrorClass.QuotaExhausted },
        { "errcode:60020", ErrorClass.Rejected },
        { "systemError", ErrorClass.Faulted },
        { "system.error", ErrorClass.Faulted },
        { "unknownError", ErrorClass.Faulted },
        { "service.timeout", ErrorClass.Faulted },
        { "server.error", ErrorClass.Faulted },
        { "ServiceUnavailable", ErrorClass.Faulted },
        { "InvalidAuthentication", ErrorClass.InvalidToken },
        { "AuthenticationFailed.MissingParameter", ErrorClass.Rejected },
        { "invalidClientIdOrSecret", ErrorClass.Rejected },
        { "invalid.client", ErrorClass.Rejected },
        { "unauthorized.client", ErrorClass.Rejected },
        { "invalidSuiteKey", ErrorClass.Rejected },
        { "invalidSuiteTicket", ErrorClass.Faulted },
        { "invalidAuthInfo", ErrorClass.Rejected },
        { "Forbidden.AccessDenied.AccessTokenPermissionDenied", ErrorClass.Rejected },
        { "Forbidden.AccessDenied.IpNotInWhiteList", ErrorClass.Rejected },
        { "Forbidden.AccessDenied.ApiCountLimitForOrg", ErrorClass.QuotaExhausted },
        { "Forbidden.AccessDenied.QpsLimitForApi", ErrorClass.Throttled },
        { "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", ErrorClass.Throttled },
        { "Forbidden.AccessDenied.QpsLimitForSuitekeyAndOrgAndApi", ErrorClass.Throttled },
        { "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", ErrorClass.ThrottledForAMinute },
        { "Forbidden.AccessDenied.QpmLimitForSuitekeyAndOrgAndApi", ErrorClass.ThrottledForAMinute },
        { "missingRoomId", ErrorClass.Rejected },
        { "roomNotFound", ErrorClass.Rejected },
        { "noPermission", ErrorClass.Rejected },
        { "client.timeout", ErrorClass.Faulted },
        { "client.connectionFailure", ErrorClass.Faulted },
        { "client.unreadableBody", ErrorClass.Faulted },
        { "client.bodyTooLarge", ErrorClass.Faulted },
        { "client.noCode", ErrorClass.Faulted },
        { "client.ipBan", ErrorClass.Banned },
        { "client.noUnionId", ErrorClass.Rejected },
        { "manifestStore.AuthorizationPermissionMismatch", ErrorClass.Faulted },
        { "errcode:404", ErrorClass.Rejected },
        { "errcode:40014", ErrorClass.InvalidToken },
        { "errcode:40001", ErrorClass.InvalidToken },
        { "errcode:42001", ErrorClass.InvalidToken },
        { "errcode:40089", ErrorClass.Rejected },
        { "errcode:40096", ErrorClass.Rejected },
        { "errcode:40035", ErrorClass.Faulted },
        { "errcode:90018", ErrorClass.Throttled },
        { "errcode:90002", ErrorClass.Throttled },
        { "errcode:88", ErrorClass.Faulted },
        { "errcode:-1", ErrorClass.Faulted },
        { "somethingNew", ErrorClass.Faulted },
        { "Forbidden.AccessDenied.SomethingNew", ErrorClass.Faulted },
        { "", ErrorClass.Faulted },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_has_its_class_whatever_its_case_its_junk_and_its_status(string code, ErrorClass expected)
    {
        foreach (var status in new int?[] { null, 200, 400, 403, 404, 500, 503 })
        {
            Assert.Equal(expected, ErrorTable.Classify(code, status));
            Assert.Equal(expected, ErrorTable.Classify(code.ToUpperInvariant(), status));
            Assert.Equal(expected, ErrorTable.Classify(code.ToLowerInvariant(), status));
            Assert.Equal(expected, ErrorTable.Classify($"{code}%!(EXTRA string=50513)", status));
        }
    }

    [Fact]
    public void A_status_counts_where_the_code_says_too_little()
    {
        Assert.Equal(ErrorClass.Busy, ErrorTable.Classify("somethingNew", 429));
        Assert.Equal(ErrorClass.Busy, ErrorTable.Classify("client.noCode", 429));
        Assert.Equal(ErrorClass.Busy, ErrorTable.Classify("system.busy", 429));
        Assert.Equal(ErrorClass.Faulted, ErrorTable.Classify("system.busy", 500));
        Assert.Equal(ErrorClass.Faulted, ErrorTable.Classify("systemError", 429));
        Assert.Equal(ErrorClass.QuotaExhausted, ErrorTable.Classify("Forbidden.AccessDenied.ApiCountLimitForOrg", 429));
    }

    [Fact]
    public void A_code_in_the_middle_of_another_is_not_that_code()
        => Assert.Equal(ErrorClass.Faulted, ErrorTable.Classify("not.cloudRecordNotFound", 400));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Whoever_must_act_is_told_what_to_do(string code, ErrorClass expected)
    {
        var advice = ErrorTable.WhatToFix(code);

        Assert.EndsWith(".", advice, StringComparison.Ordinal);
        if (expected is ErrorClass.Rejected or ErrorClass.UnknownUser or ErrorClass.Unclear or ErrorClass.InvalidToken)
        {
            // These end in the dead-letter queue, where general advice helps nobody.
            Assert.NotEqual(ErrorTable.WhatToFix("somethingNew"), advice);
        }
    }

    [Theory]
    [InlineData("invalidClientIdOrSecret", "DingTalk__AppSecret")]
    [InlineData("Forbidden.AccessDenied.AccessTokenPermissionDenied", "VideoConference.Conference.Read")]
    [InlineData("Forbidden.AccessDenied.IpNotInWhiteList", "IP address")]
    [InlineData("errcode:404", "DingTalk__BaseAddress")]
    [InlineData("unknownUserError", "unionId")]
    public void The_advice_names_what_to_change(string code, string named)
        => Assert.Contains(named, ErrorTable.WhatToFix(code), StringComparison.Ordinal);
}
