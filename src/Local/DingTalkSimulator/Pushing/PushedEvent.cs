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

    /// <summary><c>flash_minutes_open_event</c>, <c>video_generated</c>.</summary>
    VideoGenerated,

    /// <summary><c>flash_minutes_open_event_directed</c>, <c>video_generated</c>.</summary>
    VideoGeneratedDirected,

    /// <summary><c>check_url</c>: what the console sends when a callback URL is saved. It is about no conference.</summary>
    CheckUrl,
}
