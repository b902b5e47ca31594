namespace MeetingRecordings.Conferences;

/// <summary>How well the end of a meeting is known. A greater value beats a smaller one.</summary>
public enum EndedAtSource
{
    /// <summary>Inferred, for instance from the time of the push.</summary>
    Fallback = 0,

    /// <summary>The notification's own end time.</summary>
    Event = 1,
}
