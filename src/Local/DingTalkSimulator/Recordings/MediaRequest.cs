namespace DingTalkSimulator.Recordings;

/// <summary>A request for a file, as the ledger keeps it. It is no call of the API, and not metered.</summary>
/// <param name="At">When its answer began, UTC.</param>
/// <param name="ConferenceId">The conference.</param>
/// <param name="MediaId">The video.</param>
/// <param name="Range">The Range that was asked for; null for none.</param>
/// <param name="Status">The HTTP status; 0 where the connection was closed without an answer.</param>
/// <param name="Code"><c>ok</c>, or what was done instead: <c>expired</c>, <c>raw:403</c>, <c>reset</c>, …</param>
public sealed record MediaRequest(DateTimeOffset At, string ConferenceId, string MediaId, string? Range, int Status, string Code)
{
    private long _bytes;

    /// <summary>How many bytes of the file were handed to the network so far.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    internal void Count(int bytes) => Interlocked.Add(ref _bytes, bytes);
}
