namespace DingTalkSimulator;

/// <summary>What happened about one conference, in numbers. It is exact, however much of the ledger has been dropped.</summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="Totals">The sums.</param>
public sealed record ConferenceTally(string ConferenceId, LedgerTotals Totals);
