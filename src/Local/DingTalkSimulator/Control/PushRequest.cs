using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>A request to push an event.</summary>
/// <param name="ConferenceId">The conference; null for check_url only.</param>
/// <param name="EventType">DingTalk's name of the event. Default: meeting_status_change.</param>
/// <param name="ChangeScene">conference_closed (the default) or conference_created, of a meeting_status_change.</param>
internal sealed record PushRequest(string? ConferenceId, string? EventType, string? ChangeScene)
{
    private static readonly PushedEvent[] ByType = [.. Enum.GetValues<PushedEvent>().Where(kind => kind != PushedEvent.MeetingStarted)];

    /// <summary>Which event is meant.</summary>
    /// <returns>The event, or what is wrong with the request.</returns>
    public (PushedEvent Kind, FieldFault? Fault) Read()
    {
        var type = EventType ?? EventWriter.TypeOf(PushedEvent.MeetingEnded);
        var matches = ByType.Where(kind => EventWriter.TypeOf(kind) == type).ToArray();
        return (matches, ChangeScene) switch
        {
            ([], _) => (default, new FieldFault("eventType", $"one of {string.Join(", ", ByType.Select(EventWriter.TypeOf))}")),
            ([PushedEvent.MeetingEnded], "conference_created") => (PushedEvent.MeetingStarted, null),
            ([var kind], null or "conference_closed") => (kind, null),
            _ => (default, new FieldFault("changeScene", "conference_closed, or conference_created with meeting_status_change")),
        };
    }
}
