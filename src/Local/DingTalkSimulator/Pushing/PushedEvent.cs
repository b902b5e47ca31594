namespace DingTalkSimulator.Pushing;

/// <summary>The events that the simulator pushes.</summary>
public enum PushedEvent
{
    /// <summary><c>meeting_status_change</c>, <c>conference_closed</c>.</summary>
    MeetingEnded,

    /// <summary><c>meeting_status_change_target_push</c>, <c>conference_closed</c>: for meetings created through the API.</summary>
    MeetingEndedTargetPush,

    /// <summary><c>meeting_status_change</c>, <c>conference_created</c>.</summary>
    MeetingStarted,

    /// <summary><c>flash_minutes_open_event</c>, <c>cloud_record</c>, <c>video_generated</c>.</summary>
    VideoGenerated,

    /// <summary><c>flash_minutes_open_event_directed</c>, <c>cloud_record</c>, <c>video_generated</c>.</summary>
    VideoGeneratedDirected,

    /// <summary><c>flash_minutes_open_event</c>, <c>cloud_record</c>, <c>summary_generated</c>.</summary>
    SummaryGenerated,

    /// <summary>
    /// <c>flash_minutes_open_event</c>, <c>minutes</c>, <c>video_generated</c>: of AI minutes, which are no cloud recording.
    /// </summary>
    MinutesVideoGenerated,

    /// <summary><c>flash_minutes_open_event</c>, <c>minutes</c>, <c>summary_generated</c>.</summary>
    MinutesSummaryGenerated,

    /// <summary><c>check_url</c>: what the console sends when a callback URL is saved. It is about no conference.</summary>
    CheckUrl,

    /// <summary><c>check_create_suite_url</c>: the same for the first URL of a third-party app.</summary>
    CheckCreateSuiteUrl,

    /// <summary><c>check_update_suite_url</c>: the same for a later URL of a third-party app.</summary>
    CheckUpdateSuiteUrl,

    /// <summary><c>suite_ticket</c>: the ticket of a third-party app. It is about no conference.</summary>
    SuiteTicket,
}
