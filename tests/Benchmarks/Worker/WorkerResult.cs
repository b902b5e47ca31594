using Benchmarks.Load;
using FunctionsHost;

namespace Benchmarks.Worker;

/// <summary>What a run found.</summary>
/// <param name="Starts">How far each start of the worker had come when, and when its first push was accepted, from the creation of its process.</param>
/// <param name="Single">The latencies of pushes one at a time.</param>
/// <param name="AtOnce">The latencies of sixteen pushes at once.</param>
/// <param name="Accepted">Pushes accepted a second in that part.</param>
/// <param name="Drained">Conferences drained a second.</param>
/// <param name="Puts">Raw PUTs a second in the same run.</param>
internal sealed record WorkerResult(
    IReadOnlyList<(StartTimes Times, TimeSpan Accepted)> Starts,
    Latencies Single,
    Latencies AtOnce,
    double Accepted,
    double Drained,
    double Puts);
