using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Hosting;
using Benchmarks.Load;
using DingTalkSimulator;
using LocalHost.Services;

namespace Benchmarks.Start;

/// <summary>Measures the time from the start of LocalHost's process to the first notification that it has accepted.</summary>
internal static class StartCommand
{
    private const int DefaultRuns = 10;
    private const int MaxRuns = 1_000;
    private const double GoalMs = 1_000;

    private static readonly Option<int> Runs = NumberOption.Create("--runs", "How often; the median counts.", DefaultRuns, MaxRuns);

    public static Command Create()
    {
        var command = new Command("start", "Starts LocalHost again and again, and times its first accepted notification.") { Runs };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions(), cancellationToken);
        using var load = new PushLoad();
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), cancellationToken);

        // The first fills the file cache.
        await OnceAsync(azurite, simulator, load, cancellationToken);
        var (serving, accepted) = (new List<double>(), new List<double>());
        for (var run = 0; run < parsed.GetValue(Runs); run++)
        {
            var (listens, done) = await OnceAsync(azurite, simulator, load, cancellationToken);
            serving.Add(listens.TotalMilliseconds);
            accepted.Add(done.TotalMilliseconds);
        }

        Print(serving, accepted);
        return 0;
    }

    private static async Task<(TimeSpan Serving, TimeSpan Accepted)> OnceAsync(
        AzuriteServer azurite,
        SimulatorServer simulator,
        PushLoad load,
        CancellationToken cancellationToken)
    {
        var conference = simulator.Tenant.AddConference();
        var watch = Stopwatch.StartNew();
        await using var host = MeasuredHost.Start([KeyValuePair.Create("Manifests", (string?)azurite.ConnectionString)], gauged: false);
        var callback = await host.CallbackAsync(cancellationToken);
        var serving = watch.Elapsed;
        await load.PushAsync(callback, conference, cancellationToken);
        return (serving, watch.Elapsed);
    }

    private static void Print(List<double> serving, List<double> accepted)
    {
        serving.Sort();
        accepted.Sort();
        var median = Latencies.Percentile(accepted, 0.5);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accepted.Count} starts of LocalHost, warm file cache"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  until it serves                median {Latencies.Percentile(serving, 0.5),6:N0} ms, least {serving[0],6:N0}, most {serving[^1],6:N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  until the first is accepted    median {median,6:N0} ms, least {accepted[0],6:N0}, most {accepted[^1],6:N0}   goal {GoalMs:N0}: {(median < GoalMs ? "met" : "missed")}"));
        Console.WriteLine();
        Console.WriteLine("From the creation of the process. It includes the runtime, the emulator and the simulator in the same process, Kestrel, the connection");
        Console.WriteLine("to Service Bus and one encrypted push; not Azurite, which was running.");
    }
}
