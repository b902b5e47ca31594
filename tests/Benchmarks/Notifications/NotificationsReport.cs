using System.Globalization;
using Benchmarks.Load;

namespace Benchmarks.Notifications;

/// <summary>What a run found, in words.</summary>
internal static class NotificationsReport
{
    private const double RatioGoal = 3;
    private const double P99GoalMs = 100;

    public static void Print(TextWriter output, NotificationsResult result)
    {
        var options = result.Options;
        Line($"Twice {options.Count:N0} encrypted pushes in each part, {options.Concurrency} under way at once, {result.Cores} cores");
        Line($"");
        Line($"Over HTTP                       a second     p50 ms     p99 ms   p99.9 ms   host's CPU, ms");
        Line($"  accepted, group commit       {result.Grouped.Rate,9:N0}  {Times(result.Grouped.Latency)}  {result.Grouped.CpuMs,15:N3}");
        Line($"  accepted, a send a request   {result.Single.Rate,9:N0}  {Times(result.Single.Latency)}  {result.Single.CpuMs,15:N3}");
        Line($"  POSTs to nobody              {result.Posts,9:N0}");
        Line($"Without HTTP");
        Line($"  sends, group commit          {result.GroupedSends,9:N0}");
        Line($"  sends, each by itself        {result.SingleSends,9:N0}");
        Line($"");
        Line($"Group commit to single sends");
        Line($"  over HTTP                    {result.GroupedToSingle,9:N2}  goal {RatioGoal:N1}: {Verdict(result.GroupedToSingle >= RatioGoal)}");
        Line($"  without HTTP                 {result.GroupedToSingleSends,9:N2}  goal {RatioGoal:N1}: {Verdict(result.GroupedToSingleSends >= RatioGoal)}");
        Line($"  over HTTP if sends were free {result.PostsToSingle,9:N2}  POSTs to nobody over accepted with a send a request");
        Line($"");
        Line($"{options.Rate:N0} a second for {options.Seconds} s    p50 ms     p99 ms   p99.9 ms");
        Line($"  from the intended time       {Times(result.Paced.Latency)}  goal p99 {P99GoalMs:N0}: {Verdict(result.Paced.Latency.P99 < P99GoalMs)}");
        Line($"  of that, sent late           {Times(result.Paced.Lag)}");
        Line($"");
        Line($"Messages on the queue          {result.Enqueued:N0} of {result.Expected:N0}");
        Line($"");
        output.WriteLine("""
            How: two processes host the functions, alike but for the sender of the queue; a third makes the raw sends and answers the raw POSTs;
            emulator and load share a fourth. All share the cores. The parts follow each other, then again in the opposite order. The queue
            function is disabled. In the open loop a request is sent at its time, whatever became of those before, and its latency counts from then.
            """);

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static string Times(Latencies latencies)
        => string.Create(CultureInfo.InvariantCulture, $"{latencies.P50,9:N1}  {latencies.P99,9:N1}  {latencies.P999,9:N1}");

    private static string Verdict(bool met) => met ? "met" : "missed";
}
