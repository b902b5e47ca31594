using System.Text.Json;
using DingTalkSimulator.Faults;

namespace DingTalkSimulator.Api;

/// <summary>The bodies of DingTalk's answers.</summary>
internal static class WireJson
{
    private const int EndedStatus = 1;

    /// <summary>getVideos.</summary>
    public static void Videos(Utf8JsonWriter json, SimulatedConference? conference)
    {
        json.WriteStartObject();
        json.WriteStartArray("videoList"u8);
        foreach (var video in conference!.Videos)
        {
            json.WriteStartObject();
            json.WriteString("recordId"u8, video.RecordId);
            json.WriteString("unionId"u8, video.UnionId);
            json.WriteNumber("startTime"u8, video.StartTime);
            json.WriteNumber("recordType"u8, video.RecordType);
            json.WriteNumber("duration"u8, video.Duration);
            json.WriteNumber("fileSize"u8, video.FileSize);
            json.WriteNumber("endTime"u8, video.EndTime);
            json.WriteString("mediaId"u8, video.MediaId);
            json.WriteString("regionId"u8, video.RegionId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Conference info.</summary>
    public static void Info(Utf8JsonWriter json, SimulatedConference? conference)
    {
        json.WriteStartObject();
        json.WriteStartObject("confInfo"u8);
        json.WriteNumber("activeNum"u8, 0);
        json.WriteNumber("attendNum"u8, conference!.UnionIds.Count);
        json.WriteNumber("confDuration"u8, (long)(conference.EndedAt - conference.StartedAt).TotalMilliseconds);
        json.WriteString("conferenceId"u8, conference.Id);
        json.WriteString("creatorId"u8, conference.CreatorUnionId);
        json.WriteString("creatorNick"u8, "小钉"u8);
        json.WriteNumber("invitedNum"u8, conference.UnionIds.Count);
        json.WriteNumber("startTime"u8, conference.StartedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("endTime"u8, conference.EndedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("status"u8, EndedStatus);
        json.WriteString("title"u8, "开放会议"u8);
        json.WriteString("bizType"u8, "0"u8);
        json.WriteNumber("cloudRecordStatus"u8, (int)conference.RecordStatus);
        if (conference.RecordStatus != RecordStatus.NotRecorded)
        {
            json.WriteString("cloudRecordOwnerUnionId"u8, conference.RecorderUnionId);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An error of the v1.0 API.</summary>
    public static void Error(Utf8JsonWriter json, (ScriptedAnswer.ApiError Error, string RequestId) answer)
    {
        json.WriteStartObject();
        json.WriteString("requestid"u8, answer.RequestId);
        json.WriteString("code"u8, answer.Error.Code);
        json.WriteString("message"u8, answer.Error.Message);
        if (answer.Error.RequiredScopes.Count > 0)
        {
            json.WriteStartObject("accessdenieddetail"u8);
            json.WriteStartArray("requiredScopes"u8);
            foreach (var scope in answer.Error.RequiredScopes)
            {
                json.WriteStringValue(scope);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>An error of the older API.</summary>
    public static void OldError(Utf8JsonWriter json, (ScriptedAnswer.OldError Error, string RequestId) answer)
    {
        json.WriteStartObject();
        json.WriteNumber("errcode"u8, answer.Error.ErrCode);
        json.WriteString("errmsg"u8, answer.Error.ErrMsg);
        if (answer.Error.SubCode is not null)
        {
            json.WriteString("sub_code"u8, answer.Error.SubCode);
            json.WriteString("sub_msg"u8, answer.Error.SubMessage);
        }

        json.WriteString("request_id"u8, answer.RequestId);
        json.WriteEndObject();
    }

    /// <summary>The gateway's ban.</summary>
    public static void Ban(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteNumber("status"u8, 1111);
        json.WriteNumber("wait"u8, 5);
        json.WriteString("source"u8, "x5"u8);
        json.WriteString("punish"u8, "deny"u8);
        json.WriteString("uuid"u8, requestId);
        json.WriteEndObject();
    }

    /// <summary>A path that DingTalk does not have.</summary>
    public static ReadOnlySpan<byte> UnknownPath => """{"errcode":404,"errmsg":"请求的URI地址不存在"}"""u8;
}
