using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>The part of DingTalk's conference API that knows about recordings.</summary>
internal sealed class RecordingApi(Tenant tenant, Answerer answerer, MediaServer media, TimeProvider clock)
{
    private static readonly ScriptedAnswer.ApiError NotFound = ScriptedAnswer.ApiError.Of("cloudRecordNotFound");
    private static readonly ScriptedAnswer.ApiError NotFoundWithJunk
        = ScriptedAnswer.ApiError.Of("cloudRecordNotFound%!(EXTRA string=50513)");

    private static readonly ScriptedAnswer.ApiError UnknownUser = ScriptedAnswer.ApiError.Of("unknownUserError");
    private static readonly ScriptedAnswer.ApiError NotAllowed = ScriptedAnswer.ApiError.Of("permissionError");
    private static readonly ScriptedAnswer.ApiError BadParameters = ScriptedAnswer.ApiError.Of("paramsError");

    /// <summary>getVideos.</summary>
    public Task GetVideosAsync(HttpContext context)
    {
        var call = Read(context, ApiOperation.GetVideos);
        var error = JudgeUser(call, isNeeded: true) ?? (call.Conference!.ListedVideos.Count == 0 ? Nothing(call.Conference) : null);
        return answerer.AnswerAsync(context, call, call.Conference?.Script, error, call.Conference, RecordingJson.Videos);
    }

    /// <summary>getPlayInfos.</summary>
    public Task GetPlayInfosAsync(HttpContext context)
    {
        var call = Read(context, ApiOperation.PlayInfos);
        (string? mediaId, string? regionId) = (context.Request.Query["mediaId"], context.Request.Query["regionId"]);
        var error = string.IsNullOrEmpty(mediaId) || string.IsNullOrEmpty(regionId) ? BadParameters : JudgeUser(call, isNeeded: true);
        var video = error is null
            ? call.Conference!.ListedVideos.FirstOrDefault(one => one.MediaId == mediaId && one.RegionId == regionId)
            : null;
        var info = video is null ? null : media.Publish(context.Request, call.Conference!, video);
        return answerer.AnswerAsync(
            context,
            call,
            call.Conference?.PlayInfoScript,
            error ?? (info is null ? NotFound : null),
            info,
            RecordingJson.PlayInfos);
    }

    /// <summary>getTexts. Its page needs no user.</summary>
    public Task GetTextsAsync(HttpContext context)
    {
        var call = Read(context, ApiOperation.Texts);
        var query = TextQuery.Read(context.Request.Query);
        var error = query is null
            ? BadParameters
            : JudgeUser(call, isNeeded: false) ?? (HasTexts(call.Conference!) ? null : Nothing(call.Conference!));
        var page = error is not null ? null
            : HasTexts(call.Conference!) ? query!.Of(call.Conference!)
            : new TextPage([], false, 0, call.Conference!.Traits.Texts);
        return answerer.AnswerAsync(context, call, call.Conference?.TextScript, error, page, RecordingJson.Texts);
    }

    private static ScriptedAnswer.ApiError? Nothing(SimulatedConference conference) => conference.Traits.NothingFound switch
    {
        NothingFound.EmptyList => null,
        NothingFound.ErrorWithJunk => NotFoundWithJunk,
        _ => NotFound,
    };

    private ConferenceCall Read(HttpContext context, ApiOperation operation)
    {
        var id = (string)context.Request.RouteValues["conferenceId"]!;
        return new ConferenceCall(operation, id, tenant.Find(id), context.Request.Query["unionId"]);
    }

    private bool HasTexts(SimulatedConference conference)
        => conference is { RecordStatus: RecordStatus.Ended, Traits.Texts.Paragraphs: > 0 }
            && clock.GetUtcNow() >= conference.EndedAt + conference.Traits.Times.SummaryAfter;

    // DingTalk words the two errors so: one who may not, and one whom it does not recognise.
    private ScriptedAnswer.ApiError? JudgeUser(ConferenceCall call, bool isNeeded)
        => string.IsNullOrEmpty(call.UnionId) && isNeeded ? BadParameters
            : call.Conference is null ? NotFound
            : string.IsNullOrEmpty(call.UnionId) || call.Conference.UnionIds.Contains(call.UnionId) ? null
            : tenant.Knows(call.UnionId) ? NotAllowed
            : UnknownUser;
}
