namespace MeetingRecordings.Notifications;

/// <summary>What a push is about.</summary>
public abstract record DingTalkEvent
{
    private DingTalkEvent()
    {
    }

    /// <summary>A conference should be looked at.</summary>
    /// <param name="Notification">Which, and why.</param>
    public sealed record Notified(MeetingNotification Notification) : DingTalkEvent;

    /// <summary>Something else, the check of a callback URL among it: answered, and otherwise ignored.</summary>
    /// <param name="EventType">DingTalk's name of it.</param>
    public sealed record Ignored(string EventType) : DingTalkEvent;

    /// <summary>About a conference, but unusable.</summary>
    /// <param name="Field">The field at fault.</param>
    /// <param name="Expected">What was expected there.</param>
    public sealed record Malformed(string Field, string Expected) : DingTalkEvent;
}
