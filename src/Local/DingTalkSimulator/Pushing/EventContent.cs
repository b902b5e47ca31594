using System.Text.Json;
using DingTalkSimulator.Meetings;

namespace DingTalkSimulator.Pushing;

/// <summary>
/// Writes the fields of events, with the quirks of DingTalk's own samples: repeated keys, a bizType that is a string in one
/// event and a number in another, and an end time only in the targeted one.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Video conference events" and "Flash minutes events".</remarks>
internal static class EventContent
{
    private const int EndedStatus = 1;
    private const int StartedStatus = 2;
    private const int FirstTaskId = 115_000_000;
    private const string CalendarEvent = "UUNoaGV5simulatedmd3UT09";
    private const string Scene = "autoCall";

    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter json, (PushedEvent Kind, SimulatedConference Conference) what)
    {
        json.WriteStartObject();
        switch (what.Kind)
        {
            case PushedEvent.MeetingEndedTargetPush:
                WriteTargeted(json, what.Conference);
                break;
            case PushedEvent.MeetingEnded or PushedEvent.MeetingStarted:
                WriteStatusChange(json, what.Conference, what.Kind == PushedEvent.MeetingEnded);
                break;
            default:
                WriteFlash(json, what.Conference, EventNames.Of(what.Kind));
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a status change as the archived page of SyncHTTP push has it: with a room code in groups and an end time.</summary>
    public static void WriteArchived(Utf8JsonWriter json, (PushedEvent Kind, SimulatedConference Conference) what)
    {
        var (conference, ended) = (what.Conference, what.Kind == PushedEvent.MeetingEnded);
        json.WriteStartObject();
        json.WriteStartObject("openConfModel"u8);
        json.WriteString("roomCode"u8, string.Join(' ', conference.RoomCode.Chunk(3).Select(static group => new string(group))));
        json.WriteString("externalLinkUrl"u8, conference.ExternalLinkUrl);
        WriteMeeting(json, conference, ended);
        if (ended)
        {
            json.WriteNumber("endTime"u8, conference.EndedAt.ToUnixTimeMilliseconds());
        }

        json.WriteEndObject();
        WriteScene(json, conference, ended);
        json.WriteEndObject();
    }

    private static void WriteStatusChange(Utf8JsonWriter json, SimulatedConference conference, bool ended)
    {
        var isScheduled = conference.ScheduleConferenceId is not null;
        json.WriteStartObject("openConfModel"u8);
        if (isScheduled)
        {
            json.WriteString("calendarEventId"u8, CalendarEvent);
        }

        json.WriteString("bizType"u8, conference.BizType);
        json.WriteString("bizScene"u8, Scene);
        WriteMeeting(json, conference, ended);
        WriteSchedule(json, conference);
        if (isScheduled)
        {
            json.WriteString("calendarEventId"u8, CalendarEvent);
        }

        json.WriteString("bizScene"u8, Scene);
        json.WriteEndObject();
        WriteScene(json, conference, ended);
    }

    private static void WriteTargeted(Utf8JsonWriter json, SimulatedConference conference)
    {
        json.WriteStartObject("openConfModel"u8);
        json.WriteNumber("bizType"u8, int.TryParse(conference.BizType, out var number) ? number : 0);
        json.WriteString("roomCode"u8, conference.RoomCode);
        json.WriteString("externalLinkUrl"u8, conference.ExternalLinkUrl);
        WriteMeeting(json, conference, ended: true);
        json.WriteNumber("endTime"u8, conference.EndedAt.ToUnixTimeMilliseconds());
        WriteSchedule(json, conference);
        json.WriteEndObject();
        WriteScene(json, conference, ended: true);
    }

    private static void WriteFlash(Utf8JsonWriter json, SimulatedConference conference, EventNames.Names names)
    {
        json.WriteStartObject("openConfModel"u8);
        json.WriteString("conferenceId"u8, conference.Id);
        WriteSchedule(json, conference);
        json.WriteEndObject();
        json.WriteString("bizType"u8, names.BizType);
        json.WriteString("minutesEventType"u8, names.MinutesEventType);
        var taskId = FirstTaskId + conference.Ordinal;
        switch (FormOf(conference))
        {
            case TaskIdForm.Text:
                json.WriteString("minutesTaskId"u8, $"{taskId}");
                break;
            case TaskIdForm.Number:
                json.WriteNumber("minutesTaskId"u8, taskId);
                break;
            default:
                break;
        }
    }

    private static TaskIdForm FormOf(SimulatedConference conference)
        => conference.Traits.TaskId is var form and not TaskIdForm.Varied ? form
            : (conference.Ordinal % 3) switch
            {
                0 => TaskIdForm.Text,
                1 => TaskIdForm.Number,
                _ => TaskIdForm.Absent,
            };

    private static void WriteSchedule(Utf8JsonWriter json, SimulatedConference conference)
    {
        if (conference.ScheduleConferenceId is { } schedule)
        {
            json.WriteString("scheduleConferenceId"u8, schedule);
        }
    }

    private static void WriteMeeting(Utf8JsonWriter json, SimulatedConference conference, bool ended)
    {
        var attendees = MeetingVariety.AttendeesOf(conference.Ordinal);
        json.WriteString("conferenceId"u8, conference.Id);
        json.WriteString("title"u8, conference.Title);
        json.WriteString("creatorId"u8, conference.CreatorUnionId);
        json.WriteString("creatorNick"u8, "小钉"u8);
        json.WriteNumber("startTime"u8, conference.StartedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("confDuration"u8, ended ? (long)(conference.EndedAt - conference.StartedAt).TotalMilliseconds : 0);
        json.WriteNumber("activeNum"u8, ended ? 0 : 1);
        json.WriteNumber("attendNum"u8, ended ? attendees : 1);
        json.WriteNumber("invitedNum"u8, attendees);
        json.WriteNumber("status"u8, ended ? EndedStatus : StartedStatus);
    }

    // The number goes up with everybody who comes and goes.
    private static void WriteScene(Utf8JsonWriter json, SimulatedConference conference, bool ended)
    {
        json.WriteNumber("statusSeqNum"u8, ended ? 2 + 2 * MeetingVariety.AttendeesOf(conference.Ordinal) : 1);
        json.WriteString("changeScene"u8, ended ? "conference_closed"u8 : "conference_created"u8);
    }
}
