namespace MeetingRecordings.Notifications.Events;

/// <summary>What a push is about.</summary>
public abstract record DingTalkEvent
{
    private DingTalkEvent()
    {
    }

    /// <summary>A conference should be looked at.</summary>
    /// <param name="Notification">Which, and why.</param>
    public sealed record Notified(MeetingNotification Notification) : DingTalkEvent;

    /// <summary>A new ticket of a third-party app.</summary>
    /// <param name="SuiteKey">The app; null where the push does not say, which can only mean the one that it was sent to.</param>
    /// <param name="Ticket">The ticket: a secret, never printed.</param>
    /// <param name="PushedAt">When DingTalk pushed it, UTC; null where the push does not say.</param>
    public sealed record SuiteTicketPushed(string? SuiteKey, string Ticket, DateTimeOffset? PushedAt) : DingTalkEvent
    {
        /// <inheritdoc />
        public override string ToString() => $"a suite ticket of {PushedAt:O}";
    }

    /// <summary>Something else, the check of a callback URL among it: answered, and otherwise ignored.</summary>
    /// <param name="EventType">DingTalk's name of it.</param>
    public sealed record Ignored(string EventType) : DingTalkEvent;

    /// <summary>About a conference, but unusable.</summary>
    /// <param name="Problem">The field at fault.</param>
    public sealed record Malformed(FieldProblem Problem) : DingTalkEvent;
}
