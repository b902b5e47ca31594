using System.Globalization;
using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>The part of DingTalk's conference API that knows about conferences.</summary>
internal sealed class ConferenceApi(Tenant tenant, Answerer answerer)
{
    private const int DefaultPage = 20;
    private const int LargestPage = 100;

    private static readonly ScriptedAnswer.ApiError NoSuchConference = ScriptedAnswer.ApiError.Of("roomNotFound");
    private static readonly ScriptedAnswer.ApiError NoSuchRoomCode = ScriptedAnswer.ApiError.Of("invalidRoomCode");
    private static readonly ScriptedAnswer.ApiError BadPage = ScriptedAnswer.ApiError.Of("paramError");

    /// <summary>Conference info.</summary>
    public Task GetInfoAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["conferenceId"]!;
        var conference = tenant.Find(id);
        return answerer.AnswerAsync(
            context,
            new ConferenceCall(ApiOperation.ConferenceInfo, id, conference, null),
            conference?.InfoScript,
            conference is null ? NoSuchConference : null,
            conference,
            WireJson.Info);
    }

    /// <summary>The conferences of a room code.</summary>
    public Task GetRoomCodeInfosAsync(HttpContext context)
    {
        var found = tenant.FindByRoomCode((string)context.Request.RouteValues["roomCode"]!);
        var hasPage = TryReadPage(context.Request.Query, found.Count, out var first, out var count);
        return answerer.AnswerAsync(
            context,
            new ConferenceCall(ApiOperation.RoomCodeInfos, null, found is [var conference, ..] ? conference : null, null),
            null,
            found.Count == 0 ? NoSuchRoomCode : hasPage ? null : BadPage,
            (found, first, count),
            WireJson.RoomCodeInfos);
    }

    private static bool TryReadPage(IQueryCollection query, int total, out int first, out int count)
    {
        (string? token, string? size) = (query["nextToken"], query["maxResults"]);
        (first, count) = (0, DefaultPage);
        var valid = (string.IsNullOrEmpty(token) || int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out first))
            & (string.IsNullOrEmpty(size) || int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out count))
            & count is > 0 and <= LargestPage;
        (first, count) = (Math.Min(first, total), Math.Min(count, Math.Max(0, total - first)));
        return valid;
    }
}
