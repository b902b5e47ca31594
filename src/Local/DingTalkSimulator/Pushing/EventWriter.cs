using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DingTalkSimulator.Api;

namespace DingTalkSimulator.Pushing;

/// <summary>
/// Writes the plaintext of events, with the quirks of DingTalk's own samples: repeated keys, a bizType that is a string in
/// one event and a number in another, and an end time only in the targeted one.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Video conference events" and "Flash minutes events", HTTP push.</remarks>
internal sealed class EventWriter(string corpId)
{
    private const int EndedStatus = 1;
    private const int StartedStatus = 2;

    /// <summary>Writes an event about a conference.</summary>
    /// <param name="kind">Any but <see cref="PushedEvent.CheckUrl"/>.</param>
    /// <param name="conference">The conference.</param>
    /// <returns>The event; the same one for the same state of the conference.</returns>
    public ConferenceEvent Write(PushedEvent kind, SimulatedConference conference)
    {
        var happenedAt = kind == PushedEvent.MeetingStarted ? conference.StartedAt : conference.EndedAt;
        var conferenceEvent = new ConferenceEvent(TypeOf(kind), EventIdOf(kind, conference), conference.Id, happenedAt, default);
        var plaintext = JsonScratch.Write((conferenceEvent, kind, conference, corpId), WriteEvent).ToArray();
        return conferenceEvent with { Plaintext = plaintext };
    }

    /// <summary>The check of a callback URL.</summary>
    public static ConferenceEvent CheckUrl(DateTimeOffset now)
        => new("check_url", null, null, now, """{"EventType":"check_url"}"""u8.ToArray());

    /// <summary>DingTalk's name of an event's type.</summary>
    public static string TypeOf(PushedEvent kind) => kind switch
    {
        PushedEvent.MeetingEnded or PushedEvent.MeetingStarted => "meeting_status_change",
        PushedEvent.MeetingEndedTargetPush => "meeting_status_change_target_push",
        PushedEvent.VideoGenerated => "flash_minutes_open_event",
        PushedEvent.VideoGeneratedDirected => "flash_minutes_open_event_directed",
        PushedEvent.CheckUrl => "check_url",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such event."),
    };

    // A meeting ends once, so to push its end again is to push the same event again. Another video is another event.
    private static string EventIdOf(PushedEvent kind, SimulatedConference conference)
    {
        var videos = kind is PushedEvent.VideoGenerated or PushedEvent.VideoGeneratedDirected ? conference.Videos.Count : 0;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{conference.Id}:{videos}"))[..16]);
    }

    private static void WriteEvent(
        Utf8JsonWriter json,
        (ConferenceEvent Event, PushedEvent Kind, SimulatedConference Conference, string CorpId) what)
    {
        var happenedAt = what.Event.HappenedAt.ToUnixTimeMilliseconds();
        json.WriteStartObject();
        json.WriteString("EventType"u8, what.Event.Type);
        json.WriteNumber("EventTime"u8, happenedAt);
        json.WriteString("CorpId"u8, what.CorpId);
        json.WriteString("BizId"u8, what.Event.Id);
        json.WriteString("eventId"u8, what.Event.Id);
        switch (what.Kind)
        {
            case PushedEvent.MeetingEndedTargetPush:
                WriteTargeted(json, what.Conference);
                break;
            case PushedEvent.VideoGenerated or PushedEvent.VideoGeneratedDirected:
                WriteVideoGenerated(json, what.Conference);
                break;
            default:
                WriteStatusChange(json, what.Conference, what.Kind == PushedEvent.MeetingEnded);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteStatusChange(Utf8JsonWriter json, SimulatedConference conference, bool ended)
    {
        json.WriteStartObject("openConfModel"u8);
        json.WriteString("calendarEventId"u8, "UUNoaGV5simulatedmd3UT09"u8);
        json.WriteString("bizType"u8, "3"u8);
        json.WriteString("bizScene"u8, "autoCall"u8);
        WriteMeeting(json, conference, ended);
        json.WriteString("calendarEventId"u8, "UUNoaGV5simulatedmd3UT09"u8);
        json.WriteString("bizScene"u8, "autoCall"u8);
        json.WriteEndObject();
        WriteScene(json, ended);
    }

    private static void WriteTargeted(Utf8JsonWriter json, SimulatedConference conference)
    {
        json.WriteStartObject("openConfModel"u8);
        json.WriteNumber("bizType"u8, 0);
        json.WriteString("roomCode"u8, "42720000000"u8);
        WriteMeeting(json, conference, ended: true);
        json.WriteNumber("endTime"u8, conference.EndedAt.ToUnixTimeMilliseconds());
        json.WriteEndObject();
        WriteScene(json, ended: true);
    }

    private static void WriteVideoGenerated(Utf8JsonWriter json, SimulatedConference conference)
    {
        json.WriteStartObject("openConfModel"u8);
        json.WriteString("conferenceId"u8, conference.Id);
        json.WriteEndObject();
        json.WriteString("bizType"u8, "cloud_record"u8);
        json.WriteString("minutesEventType"u8, "video_generated"u8);
        json.WriteString("minutesTaskId"u8, "115000009"u8);
    }

    private static void WriteMeeting(Utf8JsonWriter json, SimulatedConference conference, bool ended)
    {
        json.WriteString("conferenceId"u8, conference.Id);
        json.WriteString("title"u8, "开放会议"u8);
        json.WriteString("creatorId"u8, conference.CreatorUnionId);
        json.WriteString("creatorNick"u8, "小钉"u8);
        json.WriteNumber("startTime"u8, conference.StartedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("confDuration"u8, ended ? (long)(conference.EndedAt - conference.StartedAt).TotalMilliseconds : 0);
        json.WriteNumber("activeNum"u8, ended ? 0 : 1);
        json.WriteNumber("attendNum"u8, conference.UnionIds.Count);
        json.WriteNumber("invitedNum"u8, conference.UnionIds.Count);
        json.WriteNumber("status"u8, ended ? EndedStatus : StartedStatus);
    }

    private static void WriteScene(Utf8JsonWriter json, bool ended)
    {
        json.WriteNumber("statusSeqNum"u8, ended ? 2 : 1);
        json.WriteString("changeScene"u8, ended ? "conference_closed"u8 : "conference_created"u8);
    }
}
