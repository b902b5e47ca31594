using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;

namespace Benchmarks;

/// <summary>How micro-benchmarks run unless the command line says otherwise: short, for a glance.</summary>
internal static class ShortRun
{
    /// <summary>BenchmarkDotNet's own defaults, with its short job.</summary>
    public static IConfig Config { get; } = DefaultConfig.Instance.AddJob(Job.ShortRun.AsDefault());
}
