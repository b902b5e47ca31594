namespace Benchmarks.Load;

/// <summary>Percentiles of latencies, in milliseconds.</summary>
/// <param name="P50">Half of all took no longer.</param>
/// <param name="P99">99 % took no longer.</param>
/// <param name="P999">99.9 % took no longer.</param>
/// <param name="Max">The longest.</param>
internal sealed record Latencies(double P50, double P99, double P999, double Max)
{
    /// <summary>Sums latencies up.</summary>
    /// <param name="all">At least one, in any order.</param>
    public static Latencies Of(IEnumerable<TimeSpan> all)
    {
        var sorted = all.Select(static latency => latency.TotalMilliseconds).Order().ToArray();
        return new Latencies(Percentile(sorted, 0.5), Percentile(sorted, 0.99), Percentile(sorted, 0.999), sorted[^1]);
    }

    /// <summary>The smallest value that at least a share of all does not exceed (nearest rank): always one that was measured.</summary>
    /// <param name="sorted">At least one, in ascending order.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double share)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);

        // Without the rounding 0.999 of 1,000 would be a hair more than 999.
        return sorted[(int)Math.Ceiling(Math.Round(share * sorted.Count, 6)) - 1];
    }
}
