namespace MeetingRecordings.DingTalk;

/// <summary>What came of a call to DingTalk: the value asked for, or an error.</summary>
/// <typeparam name="T">The value asked for.</typeparam>
public abstract record ApiAnswer<T>
{
    private ApiAnswer()
    {
    }

    /// <summary>The value asked for.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="RequestId">DingTalk's id of the request; null where it gave none.</param>
    public sealed record Ok(T Value, string? RequestId = null) : ApiAnswer<T>;

    /// <summary>An error, or no answer.</summary>
    /// <param name="Error">What is known of it.</param>
    public sealed record Failed(DingTalkError Error) : ApiAnswer<T>, IFailedAnswer;
}
