namespace Benchmarks.Load;

/// <summary>What one run of the load command found. Rates are a second, memory in MB (10^6 bytes).</summary>
/// <param name="Meetings">How many conferences each part of the run took.</param>
/// <param name="Concurrency">Pushes, and raw sends, at once.</param>
/// <param name="ConcurrentCalls">Conferences, and raw PUTs and GETs, at once; host.json says how many.</param>
/// <param name="Cores">Cores of this machine.</param>
/// <param name="Accepted">Notifications accepted, with nothing else to do.</param>
/// <param name="AcceptLatency">From a POST's first byte to its answer's last, in that part.</param>
/// <param name="Drained">Conferences looked at, written and settled, with nothing else to do.</param>
/// <param name="Whole">Conferences from push to settlement, accepted and drained at the same time by one host.</param>
/// <param name="WholeLatency">As <paramref name="AcceptLatency"/>, in that part.</param>
/// <param name="Raw">The raw limits.</param>
/// <param name="Ratios">What is compared with what.</param>
/// <param name="AcceptHost">What the host used that accepted only, a notification.</param>
/// <param name="Host">What the host used that drained, then accepted and drained at the same time, a conference of the latter.</param>
/// <param name="Manifests">The manifests found at the end.</param>
/// <param name="Expected">The manifests that there should be.</param>
internal sealed record LoadResult(
    int Meetings,
    int Concurrency,
    int ConcurrentCalls,
    int Cores,
    double Accepted,
    Latencies AcceptLatency,
    double Drained,
    double Whole,
    Latencies WholeLatency,
    LoadResult.RawRates Raw,
    LoadResult.RatesToRaw Ratios,
    LoadResult.HostCost AcceptHost,
    LoadResult.HostCost Host,
    int Manifests,
    int Expected)
{
    /// <summary>The raw limits of this machine in this run.</summary>
    internal sealed record RawRates(double Posts, double Sends, double Receives, double Puts, double Gets);

    /// <summary>The product's rates over the raw ones; where the cores are what limits, a POST and a send take the sum of their times.</summary>
    internal sealed record RatesToRaw(double AcceptedToSends, double AcceptedToPostsAndSends, double DrainedToPuts, double DrainedToGets, double DrainedToReceives);

    /// <summary>What a host used.</summary>
    /// <param name="PeakMb">The most memory held at any time (working set).</param>
    /// <param name="CpuMs">Time of all threads, for each.</param>
    /// <param name="AllocatedKb">Managed memory allocated, in KB (10^3 bytes), for each.</param>
    internal sealed record HostCost(double PeakMb, double CpuMs, double AllocatedKb);
}
