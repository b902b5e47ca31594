namespace DingTalkSimulator.Control;

/// <summary>The sums of all that happened, and of each conference about which something did.</summary>
internal sealed record TallyList(LedgerTotals Totals, IReadOnlyList<ConferenceTally> Conferences);
