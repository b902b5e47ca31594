using System.Globalization;
using System.Text.Json;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>The part of DingTalk's conference API that knows about conferences and their recordings.</summary>
internal sealed class ConferenceApi(Tenant tenant, Ledger ledger, ApiGate gate, AnswerSender sender, TimeProvider clock)
{
    private const int DefaultPage = 20;
    private const int LargestPage = 100;

    private static readonly ScriptedAnswer.ApiError NotFound = ScriptedAnswer.ApiError.Of("cloudRecordNotFound");
    private static readonly ScriptedAnswer.ApiError NotFoundWithJunk
        = ScriptedAnswer.ApiError.Of("cloudRecordNotFound%!(EXTRA string=50513)");
    private static readonly ScriptedAnswer.ApiError UnknownUser = ScriptedAnswer.ApiError.Of("unknownUserError");
    private static readonly ScriptedAnswer.ApiError NotAllowed = ScriptedAnswer.ApiError.Of("permissionError");
    private static readonly ScriptedAnswer.ApiError NoUnionId = ScriptedAnswer.ApiError.Of("paramsError");
    private static readonly ScriptedAnswer.ApiError NoSuchConference = ScriptedAnswer.ApiError.Of("roomNotFound");
    private static readonly ScriptedAnswer.ApiError NoSuchRoomCode = ScriptedAnswer.ApiError.Of("invalidRoomCode");
    private static readonly ScriptedAnswer.ApiError BadPage = ScriptedAnswer.ApiError.Of("paramError");

    /// <summary>getVideos.</summary>
    public Task GetVideosAsync(HttpContext context)
    {
        var conference = Find(context);
        string? unionId = context.Request.Query["unionId"];
        var call = conference?.CountGetVideos() ?? 0;
        var refusal = gate.Refuse(context, ApiOperation.GetVideos);
        var scripted = refusal is not null ? null
            : conference?.Script.Take() ?? gate.Roll(ApiOperation.GetVideos, conference?.Ordinal ?? 0, call);
        refusal ??= JudgeUser(conference, unionId) ?? (conference!.ListedVideos.Count == 0 ? Nothing(conference) : null);
        return AnswerAsync(context, ApiOperation.GetVideos, conference, unionId, scripted, refusal, WireJson.Videos);
    }

    /// <summary>Conference info.</summary>
    public Task GetInfoAsync(HttpContext context)
    {
        var conference = Find(context);
        var call = conference?.CountInfo() ?? 0;
        var refusal = gate.Refuse(context, ApiOperation.ConferenceInfo);
        var scripted = refusal is not null ? null
            : conference?.InfoScript.Take() ?? gate.Roll(ApiOperation.ConferenceInfo, conference?.Ordinal ?? 0, call);
        refusal ??= conference is null ? NoSuchConference : null;
        return AnswerAsync(context, ApiOperation.ConferenceInfo, conference, null, scripted, refusal, WireJson.Info);
    }

    /// <summary>The conferences of a room code.</summary>
    public Task GetRoomCodeInfosAsync(HttpContext context)
    {
        var found = tenant.FindByRoomCode((string)context.Request.RouteValues["roomCode"]!);
        var refusal = gate.Refuse(context, ApiOperation.RoomCodeInfos);
        var scripted = refusal is not null || found.Count == 0 ? null : gate.Roll(ApiOperation.RoomCodeInfos, found[0].Ordinal, 0);
        var hasPage = TryReadPage(context.Request.Query, found.Count, out var first, out var count);
        refusal ??= found.Count == 0 ? NoSuchRoomCode : hasPage ? null : BadPage;
        ledger.Add(new ApiCall(
            clock.GetUtcNow(),
            ApiOperation.RoomCodeInfos,
            context.Request.Path.Value!,
            null,
            null,
            AnswerSender.CodeOf(scripted, refusal)));
        return sender.SendAsync(context, scripted, refusal, (found, first, count), WireJson.RoomCodeInfos);
    }

    // DingTalk words the two errors so: one who may not, and one whom it does not recognise.
    private ScriptedAnswer.ApiError? JudgeUser(SimulatedConference? conference, string? unionId)
        => string.IsNullOrEmpty(unionId) ? NoUnionId
            : conference is null ? NotFound
            : conference.UnionIds.Contains(unionId) ? null
            : tenant.Knows(unionId) ? NotAllowed
            : UnknownUser;

    private static ScriptedAnswer.ApiError? Nothing(SimulatedConference conference) => conference.Traits.NothingFound switch
    {
        NothingFound.EmptyList => null,
        NothingFound.ErrorWithJunk => NotFoundWithJunk,
        _ => NotFound,
    };

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

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["conferenceId"]!;

    private SimulatedConference? Find(HttpContext context) => tenant.Find(IdOf(context));

    private Task AnswerAsync(
        HttpContext context,
        ApiOperation operation,
        SimulatedConference? conference,
        string? unionId,
        ScriptedAnswer? scripted,
        ScriptedAnswer.ApiError? refusal,
        Action<Utf8JsonWriter, SimulatedConference?> write)
    {
        var code = AnswerSender.CodeOf(scripted, refusal);
        ledger.Add(new ApiCall(clock.GetUtcNow(), operation, context.Request.Path.Value!, conference?.Id ?? IdOf(context), unionId, code));
        return sender.SendAsync(context, scripted, refusal, conference, write);
    }
}
