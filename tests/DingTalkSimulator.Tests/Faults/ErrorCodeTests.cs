using DingTalkSimulator.Faults;
using MeetingRecordings.DingTalk;

namespace DingTalkSimulator.Tests.Faults;

/// <summary>Every error of DingTalk's tables goes over the wire and means to the product what it should.</summary>
public sealed class ErrorCodeTests : SimulatorTest
{
    public static readonly TheoryData<string, int, ErrorClass> Codes = new()
    {
        { "orgAccessForbidden", 400, ErrorClass.Rejected },
        { "unknownUserError", 400, ErrorClass.UnknownUser },
        { "paramsError", 400, ErrorClass.Rejected },
        { "resourceClose", 400, ErrorClass.Unclear },
        { "cloudRecordNotFound", 400, ErrorClass.NotReady },
        { "cloudRecordNotFound%!(EXTRA string=50513)", 400, ErrorClass.NotReady },
        { "waterLimitError", 404, ErrorClass.Limited },
        { "permissionError", 404, ErrorClass.UnknownUser },
        { "systemError", 500, ErrorClass.Faulted },
        { "missingRoomId", 400, ErrorClass.Rejected },
        { "paramError", 400, ErrorClass.Rejected },
        { "noPermission", 403, ErrorClass.Rejected },
        { "roomNotFound", 404, ErrorClass.Rejected },
        { "InvalidAuthentication", 400, ErrorClass.InvalidToken },
        { "AuthenticationFailed.MissingParameter", 400, ErrorClass.Rejected },
        { "invalidClientIdOrSecret", 400, ErrorClass.Rejected },
        { "invalidSuiteKey", 400, ErrorClass.Rejected },
        { "invalidSuiteTicket", 400, ErrorClass.Faulted },
        { "invalidAuthInfo", 400, ErrorClass.Rejected },
        { "invalid.client", 400, ErrorClass.Rejected },
        { "unauthorized.client", 401, ErrorClass.Rejected },
        { "server.error", 500, ErrorClass.Faulted },
        { "Forbidden.AccessDenied.AccessTokenPermissionDenied", 403, ErrorClass.Rejected },
        { "Forbidden.AccessDenied.IpNotInWhiteList", 403, ErrorClass.Rejected },
        { "Forbidden.AccessDenied.QpsLimitForApi", 403, ErrorClass.Throttled },
        { "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403, ErrorClass.Throttled },
        { "Forbidden.AccessDenied.QpsLimitForSuitekeyAndOrgAndApi", 403, ErrorClass.Throttled },
        { "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 403, ErrorClass.ThrottledForAMinute },
        { "Forbidden.AccessDenied.QpmLimitForSuitekeyAndOrgAndApi", 403, ErrorClass.ThrottledForAMinute },
        { "Forbidden.AccessDenied.ApiCountLimitForOrg", 403, ErrorClass.QuotaExhausted },
        { "system.busy", 429, ErrorClass.Busy },
        { "systemBusy", 429, ErrorClass.Busy },
        { "system.error", 500, ErrorClass.Faulted },
        { "unknownError", 500, ErrorClass.Faulted },
        { "service.timeout", 504, ErrorClass.Faulted },
        // The product does not know these, and so tries again.
        { "serviceBusy", 503, ErrorClass.Faulted },
        { "invalidRoomCode", 400, ErrorClass.Faulted },
        { "missingRoomCode", 400, ErrorClass.Faulted },
        // The product never asks for another grant, so it knows nothing of this one.
        { "unsupported.grant.type", 400, ErrorClass.Faulted },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_code_arrives_with_its_status_and_class(string code, int status, ErrorClass expected)
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of(code), int.MaxValue);

        var error = await GetErrorAsync(conference);

        Assert.Equal((code, status, expected), (error.Code, error.Status, error.Class));
        Assert.NotEmpty(error.Message);
        Assert.Matches("^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$", error.RequestId);
    }

    [Fact]
    public void Every_code_of_the_catalogue_is_covered()
    {
        Assert.Empty(ErrorCatalogue.Codes.Except(Codes.Select(row => row.Data.Item1)));
    }

    [Fact]
    public async Task A_missing_permission_is_named_in_the_answer()
    {
        var conference = Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("Forbidden.AccessDenied.AccessTokenPermissionDenied"));

        using var answer = await CallAsync($"v1.0/conference/videoConferences/{conference.Id}/cloudRecords/getVideos?unionId=x", await GetTokenAsync());

        Assert.Contains(
            "\"accessdenieddetail\":{\"requiredScopes\":[\"VideoConference.Conference.Read\"]}",
            await answer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_that_no_table_has_needs_a_status()
    {
        Assert.Throws<ArgumentException>(() => ScriptedAnswer.ApiError.Of("nobodyKnows"));
    }
}
