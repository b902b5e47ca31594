namespace MeetingRecordings.Conferences;

/// <summary>The fields of <see cref="MeetingDetails"/>, as the setting <c>Manifest__Omit</c> names them.</summary>
[Flags]
public enum MeetingFields
{
    /// <summary>No field.</summary>
    None = 0,

    /// <summary><see cref="MeetingDetails.Title"/>.</summary>
    Title = 1,

    /// <summary><see cref="MeetingDetails.StartedAt"/>.</summary>
    StartedAt = 2,

    /// <summary><see cref="MeetingDetails.OrganizerUnionId"/>.</summary>
    OrganizerUnionId = 4,

    /// <summary><see cref="MeetingDetails.ScheduleConferenceId"/>.</summary>
    ScheduleConferenceId = 8,

    /// <summary><see cref="MeetingDetails.RoomCode"/>.</summary>
    RoomCode = 16,
}
