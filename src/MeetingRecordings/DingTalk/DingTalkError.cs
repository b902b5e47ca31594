namespace MeetingRecordings.DingTalk;

/// <summary>An answer that is not what was asked for, or no answer at all.</summary>
/// <param name="Code">DingTalk's code as it came, or one of <see cref="TransportCodes"/>; at most 128 characters of it.</param>
/// <param name="Message">DingTalk's message, or what went wrong; at most 500 characters.</param>
/// <param name="Status">The HTTP status; null where no answer came.</param>
/// <param name="RequestId">DingTalk's id of the request, for its support.</param>
/// <param name="RetryAfter">How long DingTalk asks to wait; null where it does not say.</param>
public sealed record DingTalkError(
    string Code,
    string Message,
    int? Status = null,
    string? RequestId = null,
    TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>What the code means.</summary>
    public ErrorClass Class => ErrorTable.Classify(Code, Status);

    /// <summary>Whether the same call may be answered well later, with nothing changed.</summary>
    public bool IsTransient => Class is ErrorClass.Faulted
        or ErrorClass.Throttled
        or ErrorClass.ThrottledForAMinute
        or ErrorClass.Banned
        or ErrorClass.QuotaExhausted;

    /// <summary>How long no call should be made after a throttled answer, at most an hour; null where it is none.</summary>
    internal TimeSpan? ThrottledFor => LeastWaits.After(Class) is { } least ? AtLeast(least) : null;

    /// <summary>A wait as long as DingTalk asks for, at most an hour; the given one where that is longer.</summary>
    internal TimeSpan AtLeast(TimeSpan least)
    {
        var asked = RetryAfter > LongestRetryAfter ? LongestRetryAfter : RetryAfter;
        return asked > least ? asked.Value : least;
    }
}
