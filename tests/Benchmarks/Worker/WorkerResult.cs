using Benchmarks.Load;
using FunctionsHost;

namespace Benchmarks.Worker;

/// <summary>What a run found.</summary>
/// <param name="Cold">The first start, under a host whose own code was not compiled yet: until the first push was accepted.</param>
/// <param name="Starts">How each start went, and when the first push was accepted, counted from the creation of the worker's process.</param>
/// <param name="Single">The latencies of pushes one at a time.</param>
/// <param name="AtOnce">The latencies of sixteen pushes at once.</param>
/// <param name="Accepted">Pushes accepted a second in that part.</param>
/// <param name="Drained">Conferences drained a second.</param>
/// <param name="Puts">Raw PUTs a second in the same run.</param>
internal sealed record WorkerResult(
    TimeSpan Cold,
    IReadOnlyList<(StartTimes Times, TimeSpan Accepted)> Starts,
    Latencies Single,
    Latencies AtOnce,
    double Accepted,
    double Drained,
    double Puts);
