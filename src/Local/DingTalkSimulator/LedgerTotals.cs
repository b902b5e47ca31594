namespace DingTalkSimulator;

/// <summary>The sums of a ledger, or of what it says of a conference. They hold for all that ever happened.</summary>
/// <param name="Calls">All API calls.</param>
/// <param name="GetVideosCalls">The getVideos calls among them.</param>
/// <param name="CallsByCode">The number of API calls by what they were answered.</param>
/// <param name="Pushes">Events that were pushed, retries not counted.</param>
/// <param name="PushesDelivered">Events that were delivered, at whichever try.</param>
/// <param name="PushRetries">Tries after a first one that failed.</param>
/// <param name="PushesFailed">Events that were given up and are, or were, on the failed list.</param>
public sealed record LedgerTotals(
    int Calls,
    int GetVideosCalls,
    IReadOnlyDictionary<string, int> CallsByCode,
    int Pushes,
    int PushesDelivered,
    int PushRetries,
    int PushesFailed)
{
    /// <summary>The number of API calls by what was asked, as <c>getVideos</c>.</summary>
    public IReadOnlyDictionary<string, int> CallsByOperation { get; init; } = new Dictionary<string, int>();

    /// <summary>Events that DingTalk lost.</summary>
    public int EventsLost { get; init; }

    /// <summary>Requests for files. They are no API calls.</summary>
    public int MediaRequests { get; init; }

    /// <summary>The bytes of files that were handed to the network.</summary>
    public long MediaBytes { get; init; }
}
