namespace MeetingRecordings.Telemetry;

/// <summary>What becomes of a notification, as the metric <c>meeting_recordings.notifications</c> counts it.</summary>
public static class NotificationOutcomes
{
    /// <summary>Its message is on the queue.</summary>
    public const string Enqueued = "enqueued";

    /// <summary>Service Bus has not accepted its message in time; the sender is told to send it again.</summary>
    public const string NotEnqueued = "notEnqueued";

    /// <summary>It had failed to be delivered, and the sweep has put its message on the queue.</summary>
    public const string Swept = "swept";

    /// <summary>It is about something else.</summary>
    public const string Ignored = "ignored";

    /// <summary>A field is missing or malformed.</summary>
    public const string Malformed = "malformed";

    /// <summary>It is well signed, but too old or too new.</summary>
    public const string Stale = "stale";

    /// <summary>It is not proved to come from who may send it.</summary>
    public const string NotProved = "notProved";
}
