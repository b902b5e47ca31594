using System.Security.Cryptography;
using MeetingRecordings.Conferences;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>Tells what one event of DingTalk's says.</summary>
/// <remarks>Source: DingTalk open platform, event pages of video conferences and of flash minutes, and "Suite ticket".</remarks>
public static class DingTalkEventReader
{
    /// <summary>The name of the event that brings a third-party app its ticket.</summary>
    internal const string SuiteTicket = "suite_ticket";

    // The status field does not tell an end: DingTalk's own sample of a meeting's start carries the value for "ended".
    private const string Created = "conference_created";
    private const string Closed = "conference_closed";
    private const string CloudRecord = "cloud_record";
    private const string VideoGenerated = "video_generated";
    private const string SummaryGenerated = "summary_generated";

    // Several times as long as any ticket that DingTalk's pages show.
    private const int MaxTicketLength = 1024;

    /// <summary>Whether an event of that type may be about a conference.</summary>
    /// <param name="eventType">DingTalk's name of it.</param>
    public static bool IsOfConference(string eventType) => eventType is "meeting_status_change" or "meeting_status_change_target_push"
        or "flash_minutes_open_event" or "flash_minutes_open_event_directed";

    /// <summary>Reads an event.</summary>
    /// <param name="plaintext">UTF-8 JSON.</param>
    public static DingTalkEvent Read(ReadOnlySpan<byte> plaintext)
        => DingTalkEventBody.Parse(plaintext).Succeeded(out var body, out var problem)
            ? Read(body, plaintext)
            : new DingTalkEvent.Malformed(problem);

    /// <summary>Reads an event.</summary>
    /// <param name="body">Its fields.</param>
    /// <param name="plaintext">The JSON that they are from, which tells an event without an id from others.</param>
    internal static DingTalkEvent Read(DingTalkEventBody body, ReadOnlySpan<byte> plaintext) => body switch
    {
        { EventType: null or "" } => new DingTalkEvent.Malformed(new FieldProblem("EventType", "the event's name")),
        { EventType: "meeting_status_change" or "meeting_status_change_target_push", ChangeScene: Closed }
            => ReadConference(body, Trigger.MeetingEnded, static (id, _) => $"{id}:ended", plaintext),
        { EventType: "meeting_status_change" or "meeting_status_change_target_push", ChangeScene: Created }
            => ReadConference(body, Trigger.Watch, static (id, _) => $"{id}:watch", plaintext),
        { EventType: "flash_minutes_open_event" or "flash_minutes_open_event_directed", BizType: CloudRecord, MinutesEventType: VideoGenerated }
            => ReadConference(body, Trigger.RecordingReady, static (id, eventKey) => $"{id}:ready:{eventKey}", plaintext),
        { EventType: "flash_minutes_open_event" or "flash_minutes_open_event_directed", BizType: CloudRecord, MinutesEventType: SummaryGenerated }
            => ReadConference(body, Trigger.SummaryReady, static (id, eventKey) => $"{id}:summary:{eventKey}", plaintext),
        { EventType: SuiteTicket } => ReadTicket(body),
        _ => new DingTalkEvent.Ignored(body.EventType),
    };

    private static DingTalkEvent ReadConference(
        DingTalkEventBody body, Trigger trigger, Func<string, string, string> rootOf, ReadOnlySpan<byte> plaintext)
    {
        var conference = body.OpenConfModel;
        if (!Identifiers.IsConferenceId(conference?.ConferenceId))
        {
            return new DingTalkEvent.Malformed(new FieldProblem("openConfModel.conferenceId", Identifiers.ConferenceIdGrammar));
        }

        // Of all events only that of the end comes at the end.
        var isEnd = trigger == Trigger.MeetingEnded;
        var eventTime = UnixMilliseconds.ToTimestamp(body.EventTime);
        var startedAt = UnixMilliseconds.ToTimestamp(conference!.StartTime) ?? (trigger == Trigger.Watch ? eventTime : null);
        var eventEnd = trigger == Trigger.Watch ? null : UnixMilliseconds.ToTimestamp(conference.EndTime);
        var message = new ConferenceMessage(
            conference.ConferenceId!,
            Identifiers.IsPrincipal(conference.CreatorId) ? conference.CreatorId : null,
            Identifiers.IsPrincipal(body.CorpId) ? body.CorpId : null,
            eventEnd ?? (isEnd ? eventTime : null),
            trigger)
        {
            Meeting = MeetingDetails.Of(
                conference.Title, startedAt, conference.CreatorId, conference.ScheduleConferenceId, conference.RoomCode),
        };
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

    private static DingTalkEvent ReadTicket(DingTalkEventBody body)
        => body.SuiteTicket is { Length: > 0 and <= MaxTicketLength } ticket && !ticket.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new DingTalkEvent.SuiteTicketPushed(body.SuiteKey, ticket, UnixMilliseconds.ToTimestamp(body.TimeStamp))
            : new DingTalkEvent.Malformed(
                new FieldProblem("suiteTicket", $"1 to {MaxTicketLength} printable ASCII characters without spaces"));
}
