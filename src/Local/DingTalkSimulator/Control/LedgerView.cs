using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Control;

/// <summary>The ledger, or what it says of one conference.</summary>
/// <param name="Totals">The sums of all that happened.</param>
/// <param name="Dropped">How many entries of the whole ledger are not kept in full any more.</param>
/// <param name="Calls">The last calls.</param>
/// <param name="Pushes">The last tries of pushes.</param>
/// <param name="LostEvents">The last events that DingTalk lost.</param>
/// <param name="MediaRequests">The last requests for files.</param>
internal sealed record LedgerView(
    LedgerTotals Totals,
    long Dropped,
    IReadOnlyList<ApiCall> Calls,
    IReadOnlyList<PushAttempt> Pushes,
    IReadOnlyList<LostEvent> LostEvents,
    IReadOnlyList<MediaRequest> MediaRequests)
{
    /// <summary>Shows a part of a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="conferenceId">The conference; null for all.</param>
    public static LedgerView Of(Ledger ledger, string? conferenceId) => conferenceId is null
        ? new LedgerView(ledger.Totals, ledger.Dropped, ledger.Calls, ledger.Pushes, ledger.LostEvents, ledger.MediaRequests)
        : new LedgerView(
            ledger.TotalsOf(conferenceId),
            ledger.Dropped,
            ledger.CallsOf(conferenceId),
            ledger.PushesOf(conferenceId),
            ledger.LostEventsOf(conferenceId),
            ledger.MediaRequestsOf(conferenceId));
}
