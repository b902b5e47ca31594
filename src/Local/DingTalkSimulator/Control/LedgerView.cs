namespace DingTalkSimulator.Control;

/// <summary>The ledger, or what it says of one conference.</summary>
internal sealed record LedgerView(LedgerTotals Totals, IReadOnlyList<ApiCall> Calls, IReadOnlyList<PushAttempt> Pushes)
{
    /// <summary>Shows a part of a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="conferenceId">The conference; null for all.</param>
    public static LedgerView Of(Ledger ledger, string? conferenceId)
    {
        var calls = conferenceId is null ? ledger.Calls : ledger.CallsOf(conferenceId);
        var pushes = conferenceId is null ? ledger.Pushes : ledger.PushesOf(conferenceId);
        return new LedgerView(LedgerTotals.Of(calls, pushes), calls, pushes);
    }
}
