namespace Benchmarks.Model;

/// <summary>How a day went.</summary>
/// <param name="Backlog">Looks that were due and not done, at the end of each minute.</param>
/// <param name="WorstBacklog">The most of them.</param>
/// <param name="WorstLag">The longest that a look waited beyond the time at which it was due.</param>
/// <param name="MeanLag">How long one waited on average.</param>
/// <param name="DrainedAt">When the last was done, since midnight; null if some are left at the end.</param>
internal sealed record DayResult(IReadOnlyList<double> Backlog, double WorstBacklog, TimeSpan WorstLag, TimeSpan MeanLag, TimeSpan? DrainedAt);
