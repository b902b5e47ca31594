using System.Globalization;
using System.Text.Json;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;

namespace DingTalkSimulator.Api;

/// <summary>The bodies of DingTalk's answers.</summary>
internal static class WireJson
{
    private const int EndedStatus = 1;
    private const int StartedStatus = 2;

    /// <summary>Conference info.</summary>
    public static void Info(Utf8JsonWriter json, SimulatedConference? conference)
    {
        json.WriteStartObject();
        json.WriteStartObject("confInfo"u8);
        json.WriteNumber("activeNum"u8, conference!.HasEnded ? 0 : MeetingVariety.AttendeesOf(conference.Ordinal));
        json.WriteNumber("attendNum"u8, MeetingVariety.AttendeesOf(conference.Ordinal));
        json.WriteNumber("invitedNum"u8, MeetingVariety.AttendeesOf(conference.Ordinal));
        WriteMeeting(json, conference);
        var status = conference.CurrentRecordStatus;
        json.WriteNumber("cloudRecordStatus"u8, (int)status);
        if (status != RecordStatus.NotRecorded)
        {
            json.WriteString("cloudRecordOwnerUnionId"u8, conference.RecorderUnionId);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The conferences of a room code.</summary>
    public static void RoomCodeInfos(Utf8JsonWriter json, (IReadOnlyList<SimulatedConference> All, int First, int Count) page)
    {
        var next = page.First + page.Count;
        json.WriteStartObject();
        if (next < page.All.Count)
        {
            json.WriteString("nextToken"u8, next.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteBoolean("hasMore"u8, next < page.All.Count);
        json.WriteNumber("totalCount"u8, page.All.Count);
        json.WriteStartArray("conferenceList"u8);
        foreach (var conference in page.All.Skip(page.First).Take(page.Count))
        {
            json.WriteStartObject();
            WriteMeeting(json, conference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An error of the v1.0 API.</summary>
    public static void Error(Utf8JsonWriter json, (ScriptedAnswer.ApiError Error, string? RequestId) answer)
    {
        json.WriteStartObject();
        if (answer.RequestId is not null)
        {
            json.WriteString("requestid"u8, answer.RequestId);
        }

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
    public static void OldError(Utf8JsonWriter json, (ScriptedAnswer.OldError Error, string? RequestId) answer)
    {
        json.WriteStartObject();
        json.WriteNumber("errcode"u8, answer.Error.ErrCode);
        json.WriteString("errmsg"u8, answer.Error.ErrMsg);
        if (answer.Error.SubCode is not null)
        {
            json.WriteString("sub_code"u8, answer.Error.SubCode);
            json.WriteString("sub_msg"u8, answer.Error.SubMessage);
        }

        if (answer.RequestId is not null)
        {
            json.WriteString("request_id"u8, answer.RequestId);
        }

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

    private static void WriteMeeting(Utf8JsonWriter json, SimulatedConference conference)
    {
        json.WriteString("conferenceId"u8, conference.Id);
        json.WriteString("title"u8, conference.Title);
        json.WriteString("roomCode"u8, conference.RoomCode);
        json.WriteString("externalLinkUrl"u8, conference.ExternalLinkUrl);
        json.WriteNumber("startTime"u8, conference.StartedAt.ToUnixTimeMilliseconds());
        if (conference.HasEnded)
        {
            json.WriteNumber("status"u8, EndedStatus);
            json.WriteNumber("endTime"u8, conference.EndedAt.ToUnixTimeMilliseconds());
            json.WriteNumber("confDuration"u8, (long)(conference.EndedAt - conference.StartedAt).TotalMilliseconds);
        }
        else
        {
            json.WriteNumber("status"u8, StartedStatus);
        }

        json.WriteString("creatorId"u8, conference.CreatorUnionId);
        json.WriteString("creatorNick"u8, "小钉"u8);
        if (conference.ScheduleConferenceId is { } schedule)
        {
            json.WriteString("scheduleConferenceId"u8, schedule);
        }

        json.WriteString("bizType"u8, conference.BizType);
    }
}
