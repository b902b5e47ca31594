using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>Says which event is meant, of which conference.</summary>
internal record EventRequest
{
    /// <summary>The conference; null where the event is about none.</summary>
    public string? ConferenceId { get; set; }

    /// <summary>The simulator's name of the event, instead of DingTalk's names below.</summary>
    public PushedEvent? Event { get; set; }

    /// <summary>DingTalk's name of the event. Default: meeting_status_change.</summary>
    public string? EventType { get; set; }

    /// <summary>conference_closed or conference_created, of a meeting_status_change. Default: conference_closed.</summary>
    public string? ChangeScene { get; set; }

    /// <summary>cloud_record or minutes, of a flash_minutes_open_event. Default: cloud_record.</summary>
    public string? BizType { get; set; }

    /// <summary>video_generated or summary_generated, of a flash_minutes_open_event. Default: video_generated.</summary>
    public string? MinutesEventType { get; set; }

    /// <summary>Which event is meant.</summary>
    /// <returns>The event, or what is wrong with the request.</returns>
    public (PushedEvent Kind, FieldFault? Fault) Read()
    {
        if (Event is { } known)
        {
            return EventType is null && ChangeScene is null && BizType is null && MinutesEventType is null
                ? (known, null)
                : (default, new FieldFault("event", "either this or DingTalk's names of the event"));
        }

        if (EventNames.Find(EventType, ChangeScene, BizType, MinutesEventType) is { } kind)
        {
            return (kind, null);
        }

        return (default, EventNames.Find(EventType, null, null, null) is null
                ? new FieldFault("eventType", $"one of {string.Join(", ", EventNames.Types)}")
            : EventNames.Find(EventType, ChangeScene, null, null) is null
                ? new FieldFault("changeScene", "conference_closed, or conference_created with meeting_status_change")
            : EventNames.Find(EventType, ChangeScene, BizType, null) is null
                ? new FieldFault("bizType", "cloud_record, or minutes with flash_minutes_open_event")
            : new FieldFault("minutesEventType", "video_generated, or summary_generated with flash_minutes_open_event"));
    }

    /// <summary>Reads which event is meant, and finds its conference.</summary>
    /// <returns>The event, or what is wrong with the request.</returns>
    public (PushedEvent Kind, Problem? Problem) Resolve(Tenant tenant)
    {
        var (kind, fault) = Read();
        return (kind, fault is not null ? Problem.Of(fault)
            : !EventNames.IsAboutConference(kind) ? null
            : ConferenceId is null ? Problem.Of(new FieldFault("conferenceId", "the id of a conference that was made here"))
            : tenant.Find(ConferenceId) is null ? Problem.NoConference
            : null);
    }
}
