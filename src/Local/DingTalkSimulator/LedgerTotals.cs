namespace DingTalkSimulator;

/// <summary>The sums of a ledger, or of a part of it.</summary>
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
    /// <summary>Sums up.</summary>
    /// <param name="calls">API calls.</param>
    /// <param name="pushes">Tries of pushes.</param>
    public static LedgerTotals Of(IReadOnlyCollection<ApiCall> calls, IReadOnlyCollection<PushAttempt> pushes)
    {
        var firstTries = pushes.Count(push => push.Attempt == 1);
        return new LedgerTotals(
            calls.Count,
            calls.Count(call => call.Operation == ApiOperation.GetVideos),
            calls.CountBy(call => call.Code).ToDictionary(StringComparer.Ordinal),
            firstTries,
            pushes.Count(push => push.Delivered),
            pushes.Count - firstTries,
            pushes.Count(push => push.GivenUp));
    }
}
