namespace MeetingRecordings.DingTalk;

/// <summary>What came of a call to DingTalk: the value asked for, or an error.</summary>
/// <typeparam name="T">The value asked for.</typeparam>
public abstract record ApiAnswer<T>
{
    private ApiAnswer(DingTalkError? error) => Error = error;

    /// <summary>The error; null where there is none.</summary>
    public DingTalkError? Error { get; }

    /// <summary>The same answer, with its value made into another.</summary>
    public ApiAnswer<TOther> Map<TOther>(Func<T, TOther> map)
        => this is Ok ok ? new ApiAnswer<TOther>.Ok(map(ok.Value), ok.RequestId) : new ApiAnswer<TOther>.Failed(Error!);

    /// <summary>The value asked for.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="RequestId">DingTalk's id of the request; null where it gave none.</param>
    public sealed record Ok(T Value, string? RequestId = null) : ApiAnswer<T>((DingTalkError?)null);

    /// <summary>An error, or no answer.</summary>
    public sealed record Failed : ApiAnswer<T>
    {
        /// <summary>Creates the answer.</summary>
        public Failed(DingTalkError error)
            : base(error)
        {
        }

        /// <summary>The error.</summary>
        public new DingTalkError Error => base.Error!;
    }
}
