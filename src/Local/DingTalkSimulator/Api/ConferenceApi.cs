using System.Text.Json;
using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>The part of DingTalk's conference API that knows about recordings.</summary>
internal sealed class ConferenceApi(Tenant tenant, Ledger ledger, ApiGate gate, AnswerSender sender, TimeProvider clock)
{
    private static readonly ScriptedAnswer.ApiError NotFound = ScriptedAnswer.ApiError.Of("cloudRecordNotFound");
    private static readonly ScriptedAnswer.ApiError UnknownUser = ScriptedAnswer.ApiError.Of("unknownUserError");
    private static readonly ScriptedAnswer.ApiError NoUnionId = ScriptedAnswer.ApiError.Of("paramsError");
    private static readonly ScriptedAnswer.ApiError NoSuchConference = ScriptedAnswer.ApiError.Of("roomNotFound");

    /// <summary>getVideos.</summary>
    public Task GetVideosAsync(HttpContext context)
    {
        var conference = Find(context);
        string? unionId = context.Request.Query["unionId"];
        var call = conference?.CountGetVideos() ?? 0;
        var refusal = gate.Refuse(context, ApiOperation.GetVideos);
        var scripted = refusal is not null ? null
            : conference?.Script.Take() ?? gate.Roll(ApiOperation.GetVideos, conference?.Ordinal ?? 0, call);
        return AnswerAsync(context, ApiOperation.GetVideos, conference, unionId, scripted, refusal ?? Judge(conference, unionId), WireJson.Videos);
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

    private static ScriptedAnswer.ApiError? Judge(SimulatedConference? conference, string? unionId)
        => string.IsNullOrEmpty(unionId) ? NoUnionId
            : conference is null ? NotFound
            : !conference.UnionIds.Contains(unionId) ? UnknownUser
            : conference.RecordStatus != RecordStatus.Ended || conference.Videos.Count == 0 ? NotFound
            : null;

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
