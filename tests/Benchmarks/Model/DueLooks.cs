namespace Benchmarks.Model;

/// <summary>Looks of one kind that became due in the same second.</summary>
/// <param name="DueAt">The second.</param>
/// <param name="Kind">Their kind.</param>
/// <param name="Count">How many; a fraction of one, too.</param>
internal readonly record struct DueLooks(int DueAt, LookKind Kind, double Count)
{
    /// <summary>What one of them costs.</summary>
    public LookCost Cost => Kind switch
    {
        LookKind.NotRecorded => LookCost.NotRecorded,
        LookKind.Announced => LookCost.Announced,
        LookKind.Ended => LookCost.Ended,
        _ => LookCost.Unneeded,
    };
}
