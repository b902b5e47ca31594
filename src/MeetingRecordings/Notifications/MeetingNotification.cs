using MeetingRecordings.Conferences;

namespace MeetingRecordings.Notifications;

/// <summary>A notification that a conference should be looked at.</summary>
/// <param name="Message">The message to put on the conference queue.</param>
/// <param name="Root">The root of the message's lineage, hence its id: the same for a repeated notification.</param>
/// <param name="EndedAtSource">How well the message's end time is known.</param>
public sealed record MeetingNotification(ConferenceMessage Message, string Root, EndedAtSource EndedAtSource)
{
    /// <summary>The lineage that the notification begins.</summary>
    /// <param name="now">The time, UTC.</param>
    public Lineage Begin(DateTimeOffset now) => new(Root, now) { EndedAtSource = EndedAtSource };
}
