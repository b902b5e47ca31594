namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>What a request to the callback turned out to be.</summary>
public abstract record CallbackVerdict
{
    private CallbackVerdict()
    {
    }

    /// <summary>A push of DingTalk's, for this app.</summary>
    /// <param name="Plaintext">UTF-8 JSON, as DingTalk wrote it.</param>
    /// <param name="Keys">The keys that proved it, with which to answer.</param>
    public sealed record Verified(ReadOnlyMemory<byte> Plaintext, CallbackKeys Keys) : CallbackVerdict;

    /// <summary>Not of the form of a push.</summary>
    /// <param name="Problem">The parameter or field at fault.</param>
    public sealed record Malformed(FieldProblem Problem) : CallbackVerdict;

    /// <summary>
    /// Of the right form, but not proved to be DingTalk's and for this app. Which check failed is not told, for it would
    /// help only an impostor.
    /// </summary>
    public sealed record Refused : CallbackVerdict;

    /// <summary>DingTalk's, but sent too long ago, or this machine's clock is wrong.</summary>
    public sealed record Stale : CallbackVerdict;
}
