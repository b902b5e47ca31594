using Benchmarks.Load;

namespace Benchmarks.Notifications;

/// <summary>What one run of the notifications command found. Rates are a second.</summary>
/// <param name="Options">How many notifications, and how.</param>
/// <param name="Cores">Cores of this machine.</param>
/// <param name="Grouped">Accepting as the product does.</param>
/// <param name="Single">Accepting with a send for each request.</param>
/// <param name="Posts">The same pushes to an endpoint that only answers.</param>
/// <param name="SingleSends">Raw sends without HTTP, each by itself.</param>
/// <param name="GroupedSends">Raw sends without HTTP, through the product's group commit.</param>
/// <param name="Paced">The open loop.</param>
/// <param name="Enqueued">The messages found on the queue at the end.</param>
/// <param name="Expected">The messages that there should be.</param>
internal sealed record NotificationsResult(
    NotificationsOptions Options,
    int Cores,
    NotificationsResult.Accepting Grouped,
    NotificationsResult.Accepting Single,
    double Posts,
    double SingleSends,
    double GroupedSends,
    NotificationsResult.OpenLoop Paced,
    long Enqueued,
    long Expected)
{
    /// <summary>How much faster the product accepts with group commit than without.</summary>
    public double GroupedToSingle => Grouped.Rate / Single.Rate;

    /// <summary>The same for the sends alone.</summary>
    public double GroupedToSingleSends => GroupedSends / SingleSends;

    /// <summary>The most that group commit could bring over HTTP, if sends cost nothing at all.</summary>
    public double PostsToSingle => Posts / Single.Rate;

    /// <summary>Accepting, the requests of the closed loop.</summary>
    /// <param name="Rate">Accepted a second.</param>
    /// <param name="Latency">From a request's first byte to its answer's last.</param>
    /// <param name="CpuMs">The host's time of all threads, for each.</param>
    internal sealed record Accepting(double Rate, Latencies Latency, double CpuMs);

    /// <summary>Accepting at a given rate.</summary>
    /// <param name="Latency">From the time at which a request was meant to be sent to its answer's last byte.</param>
    /// <param name="Lag">How much later than meant it was sent; part of <paramref name="Latency"/>.</param>
    internal sealed record OpenLoop(Latencies Latency, Latencies Lag);
}
