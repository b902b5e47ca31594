namespace MeetingRecordings.Functions.Queues;

/// <summary>The application properties that messages carry beside their body.</summary>
public static class QueueProperties
{
    /// <summary>The root of the lineage; a string.</summary>
    public const string Root = "root";

    /// <summary>How many messages came before; an int.</summary>
    public const string Step = "step";

    /// <summary>How often the recordings were not ready; an int.</summary>
    public const string Checks = "checks";

    /// <summary>How many faults came in a row; an int.</summary>
    public const string Faults = "faults";

    /// <summary>How many throttled answers came in a row; an int.</summary>
    public const string Throttles = "throttles";

    /// <summary>When the lineage began; ISO 8601, UTC.</summary>
    public const string FirstEnqueuedAt = "first-enqueued-at";

    /// <summary>When the present row of faults began; ISO 8601, UTC; absent without one.</summary>
    public const string FirstFailureAt = "first-failure-at";

    /// <summary>When the failure came that ended the lineage; ISO 8601, UTC; on poisoned and dead-lettered messages.</summary>
    public const string LastFailureAt = "last-failure-at";

    /// <summary>Whether conference info has said that it was recorded; a boolean; absent while it has not.</summary>
    public const string RecordingConfirmed = "recording-confirmed";

    /// <summary>Whether an event of DingTalk's has announced a finished video; a boolean; absent while none has.</summary>
    public const string RecordingAnnounced = "recording-announced";

    /// <summary>Whether conference info has been answered; a boolean; absent while it has not.</summary>
    public const string InfoAsked = "info-asked";

    /// <summary>Whether the message took over from one that was delivered again; a boolean; absent where it did not.</summary>
    public const string TookOver = "took-over";

    /// <summary>The union ids that conference info named, with spaces between; absent without one.</summary>
    public const string KnownUnionIds = "known-union-ids";

    /// <summary>The union ids that DingTalk refused, with spaces between; absent without one.</summary>
    public const string RefusedUnionIds = "refused-union-ids";

    /// <summary>How well <c>endedAt</c> is known: <c>event</c> or <c>fallback</c>.</summary>
    public const string EndedAtSource = "ended-at-source";

    /// <summary>The W3C trace context.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Why a message was poisoned, one of <see cref="Fetching.PoisonReasons"/>, or dead-lettered by the app.</summary>
    public const string Reason = "reason";

    /// <summary>What to fix; on messages that the app dead-lettered.</summary>
    public const string Description = "description";

    /// <summary>DingTalk's code for the last error; a string.</summary>
    public const string Code = "code";

    /// <summary>DingTalk's words for the last error; a string.</summary>
    public const string Message = "message";

    /// <summary>DingTalk's id of the last failed request; a string; absent where it gave none.</summary>
    public const string RequestId = "request-id";

    /// <summary>The HTTP status of the last failed request; an int; absent where no answer came.</summary>
    public const string HttpStatus = "http-status";

    /// <summary>The id that the poisoned message had on the conference queue.</summary>
    public const string OriginalMessageId = "original-message-id";

    /// <summary>The type of the exception that ended the last look at a message; a string; absent where none did.</summary>
    public const string ExceptionType = "exception-type";
}
