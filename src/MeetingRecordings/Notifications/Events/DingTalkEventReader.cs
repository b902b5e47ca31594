using System.Security.Cryptography;
using System.Text.Json;
using MeetingRecordings.Conferences;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>Tells which of DingTalk's events say that a conference should be looked at.</summary>
/// <remarks>Source: DingTalk open platform, event pages of video conferences and of flash minutes.</remarks>
public static class DingTalkEventReader
{
    // The status field does not tell an end: DingTalk's own sample of a meeting's start carries the value for "ended".
    private const string Closed = "conference_closed";
    private const string CloudRecord = "cloud_record";
    private const string VideoGenerated = "video_generated";

    /// <summary>Reads the plaintext of a push.</summary>
    /// <param name="plaintext">UTF-8 JSON.</param>
    public static DingTalkEvent Read(ReadOnlySpan<byte> plaintext) => Read(plaintext, static body => body);

    /// <summary>Reads an event, part of which lies elsewhere.</summary>
    internal static DingTalkEvent Read(ReadOnlySpan<byte> plaintext, Func<DingTalkEventBody, DingTalkEventBody> complete)
    {
        DingTalkEventBody? body;
        try
        {
            body = JsonSerializer.Deserialize(plaintext, NotificationJsonContext.Default.DingTalkEventBody);
        }
        catch (JsonException)
        {
            // The path that the exception knows is made of the payload's own names, which may be anything.
            return new DingTalkEvent.Malformed("$", "the JSON of a DingTalk event");
        }

        body = body is null ? null : complete(body);
        return body switch
        {
            { EventType: null or "" } or null => new DingTalkEvent.Malformed("EventType", "the event's name"),
            { EventType: "meeting_status_change" or "meeting_status_change_target_push", ChangeScene: Closed }
                => ReadConference(body, Trigger.MeetingEnded, static (id, _) => $"{id}:ended", plaintext),
            { EventType: "flash_minutes_open_event" or "flash_minutes_open_event_directed", BizType: CloudRecord, MinutesEventType: VideoGenerated }
                => ReadConference(body, Trigger.RecordingReady, static (id, eventKey) => $"{id}:ready:{eventKey}", plaintext),
            _ => new DingTalkEvent.Ignored(body.EventType),
        };
    }

    private static DingTalkEvent ReadConference(
        DingTalkEventBody body,
        Trigger trigger,
        Func<string, string, string> rootOf,
        ReadOnlySpan<byte> plaintext)
    {
        var conference = body.OpenConfModel;
        if (!Identifiers.IsConferenceId(conference?.ConferenceId))
        {
            return new DingTalkEvent.Malformed("openConfModel.conferenceId", Identifiers.ConferenceIdGrammar);
        }

        // The event of a finished video comes at another time than the end of the meeting.
        var eventEnd = UnixMilliseconds.ToTimestamp(conference!.EndTime);
        var endedAt = eventEnd ?? (trigger == Trigger.MeetingEnded ? UnixMilliseconds.ToTimestamp(body.EventTime) : null);
        var message = new ConferenceMessage(
            conference.ConferenceId!,
            Identifiers.IsPrincipal(conference.CreatorId) ? conference.CreatorId : null,
            Identifiers.IsPrincipal(body.CorpId) ? body.CorpId : null,
            endedAt,
            trigger);
        return new DingTalkEvent.Notified(new MeetingNotification(
            message,
            rootOf(message.ConferenceId, EventKey(body, plaintext)),
            eventEnd is null ? EndedAtSource.Fallback : EndedAtSource.Event));
    }

    // DingTalk documents an eventId, yet leaves it out of some pushes.
    private static string EventKey(DingTalkEventBody body, ReadOnlySpan<byte> plaintext)
        => Identifiers.IsPrincipal(body.EventId) ? body.EventId!
            : Identifiers.IsPrincipal(body.BizId) ? body.BizId!
            : Convert.ToHexStringLower(SHA256.HashData(plaintext))[..32];
}
