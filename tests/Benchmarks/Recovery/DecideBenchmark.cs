using BenchmarkDotNet.Attributes;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace Benchmarks.Recovery;

/// <summary>What a decision costs.</summary>
[MemoryDiagnoser]
public class DecideBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly RecoveryOptions _options = new();
    private readonly Lineage _lineage = new("6321f0d7c9e77c0b9b6ed400:ended", Now);
    private readonly LookOutcome _recorded = new LookOutcome.Recorded();
    private readonly LookOutcome _failed = new LookOutcome.Failed(new DingTalkError("systemError", "system error", 500));

    /// <summary>After videos: look once more.</summary>
    [Benchmark(Baseline = true)]
    public RecoveryAction Recorded() => RecoveryPolicy.Decide(_recorded, Trigger.MeetingEnded, _lineage, _options, Now, 0.5);

    /// <summary>After an error: the table of codes, then the fault ladder.</summary>
    [Benchmark]
    public RecoveryAction Failed() => RecoveryPolicy.Decide(_failed, Trigger.MeetingEnded, _lineage, _options, Now, 0.5);
}
