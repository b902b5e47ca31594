namespace MeetingRecordings.Notifications.Plain;

/// <summary>What a request with plain notifications turned out to be.</summary>
public abstract record PlainReading
{
    private PlainReading()
    {
    }

    /// <summary>One or more notifications, each good or not.</summary>
    /// <param name="Accepted">The good ones.</param>
    /// <param name="Rejected">The others.</param>
    public sealed record Items(IReadOnlyList<PlainNotification> Accepted, IReadOnlyList<RejectedItem> Rejected) : PlainReading;

    /// <summary>No notifications at all.</summary>
    /// <param name="Detail">What was expected, and what came.</param>
    public sealed record Malformed(string Detail) : PlainReading;
}
