namespace Benchmarks.Load;

/// <summary>How many of something took how long.</summary>
/// <param name="Count">How many.</param>
/// <param name="Elapsed">How long all of them took together.</param>
internal sealed record Pace(int Count, TimeSpan Elapsed)
{
    /// <summary>How many a second.</summary>
    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>Both, as if one had followed the other.</summary>
    public static Pace operator +(Pace a, Pace b) => new(a.Count + b.Count, a.Elapsed + b.Elapsed);
}
