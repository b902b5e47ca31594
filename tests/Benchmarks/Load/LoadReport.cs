using System.Globalization;

namespace Benchmarks.Load;

/// <summary>What a run found, in words.</summary>
internal static class LoadReport
{
    private const double AcceptedGoal = 0.5;
    private const double DrainedGoal = 0.8;
    private const double PeakGoalMb = 250;

    public static void Print(TextWriter output, LoadResult result)
    {
        var (raw, ratios, host) = (result.Raw, result.Ratios, result.Host);
        Line($"{result.Meetings:N0} conferences of two videos, {result.Concurrency} pushes at once, {result.ConcurrentCalls} messages at once (host.json), {result.Cores} cores");
        Line($"");
        Line($"The product, each alone           a second     p50 ms     p99 ms   p99.9 ms");
        Line($"  notifications accepted         {result.Accepted,9:N0}  {Times(result.AcceptLatency)}");
        Line($"  conferences drained            {result.Drained,9:N0}");
        Line($"  both at once, push to manifest {result.Whole,9:N0}  {Times(result.WholeLatency)}");
        Line($"");
        Line($"Raw limits of this machine in this run");
        Line($"  POSTs of pushes to nobody      {raw.Posts,9:N0}");
        Line($"  sends to the emulator          {raw.Sends,9:N0}");
        Line($"  receives with completion       {raw.Receives,9:N0}");
        Line($"  PUTs to Azurite                {raw.Puts,9:N0}");
        Line($"  GETs from the simulator        {raw.Gets,9:N0}");
        Line($"");
        Line($"Ratios");
        Line($"  accepted to sends              {ratios.AcceptedToSends,9:N2}  goal {AcceptedGoal:N2}: {Verdict(ratios.AcceptedToSends >= AcceptedGoal)}");
        Line($"  accepted to a POST and a send  {ratios.AcceptedToPostsAndSends,9:N2}");
        Line($"  drained to PUTs                {ratios.DrainedToPuts,9:N2}  goal {DrainedGoal:N2}: {Verdict(ratios.DrainedToPuts >= DrainedGoal)}");
        Line($"  drained to GETs                {ratios.DrainedToGets,9:N2}");
        Line($"  drained to receives            {ratios.DrainedToReceives,9:N2}");
        Line($"");
        Line($"The host                            accepting  both at once");
        Line($"  CPU for each                   {result.AcceptHost.CpuMs,9:N2} ms {host.CpuMs,9:N2} ms");
        Line($"  allocated for each             {result.AcceptHost.AllocatedKb,9:N0} KB {host.AllocatedKb,9:N0} KB");
        Line($"  peak working set               {result.AcceptHost.PeakMb,9:N0} MB {host.PeakMb,9:N0} MB  goal {PeakGoalMb:N0}: {Verdict(host.PeakMb < PeakGoalMb)}");
        Line($"  manifests found                {result.Manifests,9:N0} of {result.Expected:N0}");
        Line($"");
        output.WriteLine("""
            How: LocalHost, the raw callers and Azurite (in memory) are processes of their own; emulator, simulator and load share another. All
            share the cores. Raw calls are made through the client library that the product uses, with bytes, properties, headers and tags like
            the product's, made beforehand, one a call, as many at once as the product's; each is measured in two halves, one before and one
            after what it is compared with. Raw POSTs are the same pushes, made by the same load, to an endpoint that only answers: a raw send has
            no HTTP request before it, so accepting is also compared with a POST and a send, one after the other, at their raw rates. Draining a
            conference is a receive, a GET, a PUT, a send (the second look) and a completion. Accepting is measured with the queue function
            disabled, draining with no pushes coming. Every part begins after a warm-up.
            """);

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static string Times(Latencies latencies)
        => string.Create(CultureInfo.InvariantCulture, $"{latencies.P50,9:N1}  {latencies.P99,9:N1}  {latencies.P999,9:N1}");

    private static string Verdict(bool met) => met ? "met" : "missed";
}
