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

    private readonly RecoveryPolicy _policy = new(new RecoveryOptions());
    private readonly LookContext _context = new(Trigger.MeetingEnded, new Lineage("6321f0d7c9e77c0b9b6ed400:ended", Now), Now, 0.5);
    private readonly LookOutcome _recorded = new LookOutcome.Recorded();
    private readonly LookOutcome _failed = new LookOutcome.Failed(new DingTalkError("systemError", "system error", 500));

    /// <summary>After videos: look once more.</summary>
    [Benchmark(Baseline = true)]
    public RecoveryAction Recorded() => _policy.Decide(_recorded, _context);

    /// <summary>After an error: the table of codes, then the fault ladder.</summary>
    [Benchmark]
    public RecoveryAction Failed() => _policy.Decide(_failed, _context);
}
