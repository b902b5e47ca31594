using System.Diagnostics;
using Benchmarks.Load;
using FunctionsHost;
using LocalHost.Hosting;

namespace Benchmarks.Worker;

/// <summary>One run: starts, then pushes to a worker that only accepts, then a worker that drains between two halves of raw PUTs.</summary>
/// <param name="options">How much.</param>
/// <param name="appDirectory">Where the app is.</param>
/// <param name="say">Is told what it is at.</param>
internal sealed class WorkerRun(WorkerOptions options, string appDirectory, Action<string> say)
{
    private const int Concurrency = 16;

    // Enough for the JIT to have compiled the path with what it learned.
    private const int WarmUp = 2_000;

    private readonly int _calls = HostJson.Read().Processor.MaxConcurrentCalls;

    public async Task<WorkerResult> RunAsync(CancellationToken cancellationToken)
    {
        say("Starting Azurite, the emulator and the simulator");
        await using var services = await LoadServices.StartAsync(cancellationToken);
        await using var raw = await RawLimits.StartAsync(services, cancellationToken);
        using var load = new PushLoad();

        say("Starting the worker again and again");
        // The first has this process compile the host along with it.
        var cold = await OnceAsync(services, load, cancellationToken);
        var starts = await StartAsync(services, load, cancellationToken);

        say("Pushing");
        var (single, atOnce, accepted) = await PushAsync(services, load, cancellationToken);

        say("Draining");
        await raw.RunAsync(RawCall.Put, WarmUp, _calls, cancellationToken);
        var puts = await raw.RunAsync(RawCall.Put, options.Meetings / 2, _calls, cancellationToken);
        var drained = await DrainAsync(services, cancellationToken);
        puts += await raw.RunAsync(RawCall.Put, options.Meetings / 2, _calls, cancellationToken);
        return new WorkerResult(cold.Accepted, starts, single, atOnce, accepted.PerSecond, drained.PerSecond, puts.PerSecond);
    }

    private async Task<IReadOnlyList<(StartTimes Times, TimeSpan Accepted)>> StartAsync(
        LoadServices services, PushLoad load, CancellationToken cancellationToken)
    {
        var starts = new List<(StartTimes, TimeSpan)>();
        for (var start = 0; start < options.Starts; start++)
        {
            starts.Add(await OnceAsync(services, load, cancellationToken));
        }

        return starts;
    }

    private async Task<(StartTimes Times, TimeSpan Accepted)> OnceAsync(
        LoadServices services, PushLoad load, CancellationToken cancellationToken)
    {
        var meeting = services.EndMeetings(1)[0];
        await using var host = await HostAsync(services, fetches: false, cancellationToken);
        await load.PushAsync(CallbackOf(host), meeting, cancellationToken);
        return (host.Worker.Times, host.Worker.Age);
    }

    // Leaves all that it accepts on the queue.
    private async Task<(Latencies Single, Latencies AtOnce, Pace Accepted)> PushAsync(
        LoadServices services, PushLoad load, CancellationToken cancellationToken)
    {
        await using var host = await HostAsync(services, fetches: false, cancellationToken);
        await RunAsync(WarmUp, Concurrency);
        var (_, single) = await RunAsync(options.Pushes, 1);
        var (pace, atOnce) = await RunAsync(options.Pushes, Concurrency);
        await RunAsync(options.Meetings, Concurrency);
        return (Latencies.Of(single), Latencies.Of(atOnce), pace);

        Task<(Pace Pace, TimeSpan[] Latencies)> RunAsync(int pushes, int atOnce)
            => load.RunAsync(CallbackOf(host), services.EndMeetings(pushes), atOnce, cancellationToken);
    }

    // The clock starts once what was pushed for other ends is through.
    private async Task<Pace> DrainAsync(LoadServices services, CancellationToken cancellationToken)
    {
        await using var host = await HostAsync(services, fetches: true, cancellationToken);
        var first = (int)await services.UntilWaitingAsync(options.Meetings, cancellationToken);
        var watch = Stopwatch.StartNew();
        await services.UntilWaitingAsync(0, cancellationToken);
        return new Pace(first, watch.Elapsed);
    }

    private Task<WorkerHost> HostAsync(LoadServices services, bool fetches, CancellationToken cancellationToken)
        => WorkerHost.StartAsync(new WorkerHostOptions(services.Settings(fetches)) { AppDirectory = appDirectory }, cancellationToken);

    private static Uri CallbackOf(WorkerHost host) => new(host.BaseAddress, "dingtalk/events");
}
