using System.Globalization;
using Benchmarks.Load;

namespace Benchmarks.Worker;

/// <summary>What a run found, in words.</summary>
internal static class WorkerReport
{
    private const double StartGoalMs = 1_200;

    public static void Print(TextWriter output, WorkerOptions options, WorkerResult result)
    {
        var accepted = Sorted(static start => start.Accepted);
        Line($"The app as published, under a Functions host, on {Environment.ProcessorCount} cores");
        Line($"{options.Starts} starts, {options.Pushes:N0} pushes one at a time and at once, {options.Meetings:N0} conferences");
        Line($"");
        Line($"From the creation of the worker's process, median (least to most), ms");
        Step("its stream begins", static start => start.Times.Connected);
        Step("it has told its capabilities", static start => start.Times.Initialized);
        Step("it has told its functions", static start => start.Times.Indexed);
        Step("it has loaded them", static start => start.Times.Loaded);
        Step("its first push is accepted", static start => start.Accepted);
        Line($"  the same under a host just begun{result.Cold.TotalMilliseconds,7:N0}  (once)");
        Line($"  goal {StartGoalMs:N0}: {(Latencies.Percentile(accepted, 0.5) <= StartGoalMs ? "met" : "missed")}");
        Line($"");
        Line($"Pushes                             p50 ms     p99 ms");
        Line($"  one at a time                 {result.Single.P50,9:N1}  {result.Single.P99,9:N1}");
        Line($"  16 at once                    {result.AtOnce.P50,9:N1}  {result.AtOnce.P99,9:N1}   {result.Accepted:N0} a second");
        Line($"");
        Line($"Conferences drained a second    {result.Drained,9:N0}");
        Line($"Raw PUTs a second               {result.Puts,9:N0}");
        Line($"Drained to PUTs                 {result.Drained / result.Puts,9:N2}");
        Line($"");
        output.WriteLine("""
            How: the worker, the raw callers and Azurite (in memory) are processes of their own; the host, the emulator, the simulator
            and the load share another. All share the cores. A start ends with one encrypted push, sent as soon as the host serves.
            Pushes are accepted with the queue function disabled; draining has no pushes coming. Raw PUTs are measured in two halves,
            before and after draining.
            """);

        void Step(string what, Func<(FunctionsHost.StartTimes Times, TimeSpan Accepted), TimeSpan> at)
        {
            var sorted = Sorted(at);
            Line($"  {what,-32}{Latencies.Percentile(sorted, 0.5),7:N0}  ({sorted[0]:N0} to {sorted[^1]:N0})");
        }

        double[] Sorted(Func<(FunctionsHost.StartTimes Times, TimeSpan Accepted), TimeSpan> at)
            => [.. result.Starts.Select(start => at(start).TotalMilliseconds).Order()];

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }
}
