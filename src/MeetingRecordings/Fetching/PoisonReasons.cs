namespace MeetingRecordings.Fetching;

/// <summary>Why a message ends in the poison queue.</summary>
public static class PoisonReasons
{
    /// <summary>Every wait of the fault ladder was followed by another fault.</summary>
    public const string RetriesSpent = "retriesSpent";

    /// <summary>The month's calls of the organisation are used up.</summary>
    public const string QuotaExhausted = "quotaExhausted";

    /// <summary>DingTalk has announced a finished video by its event, and has listed none to the readiness ladder's end.</summary>
    public const string RecordingMissing = "recordingMissing";

    /// <summary>The conference was waited for as long as <see cref="RecoveryOptions.MaxAge"/>.</summary>
    public const string MaxAgeExceeded = "maxAgeExceeded";
}
