namespace DingTalkSimulator;

/// <summary>The ledger's sums.</summary>
/// <param name="Calls">All API calls.</param>
/// <param name="GetVideosCalls">The getVideos calls among them.</param>
/// <param name="Pushes">Events that were pushed, retries not counted.</param>
/// <param name="PushesDelivered">Events that were delivered, at whichever try.</param>
/// <param name="PushRetries">Tries after a first one that failed.</param>
/// <param name="PushesFailed">Events that were given up and are, or were, on the failed list.</param>
public sealed record LedgerTotals(int Calls, int GetVideosCalls, int Pushes, int PushesDelivered, int PushRetries, int PushesFailed);
