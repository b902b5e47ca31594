using System.Diagnostics;
using Benchmarks.Hosting;
using LocalHost.Hosting;

namespace Benchmarks.Load;

/// <summary>One run: each part of the product alone between two halves of what it is compared with, then all of it at once.</summary>
/// <param name="options">How much.</param>
/// <param name="say">Is told what it is at.</param>
internal sealed class LoadRun(LoadOptions options, Action<string> say)
{
    // Enough for the JIT to have compiled the path with what it learned, so that short runs compare with long ones.
    private const int WarmUp = 5_000;

    // A push takes so little that they must be many; all but the first of each are dropped as duplicates, so the queue does not grow.
    private const int WarmUpPushes = 10;
    private const int LeastPuts = 500;
    private const int MostPuts = 10_000;
    private const int LeastQuick = 5_000;
    private const int MostQuick = 20_000;
    private const double Mega = 1e6;
    private const double Kilo = 1e3;

    private readonly int _puts = Math.Clamp(options.Meetings / 2, LeastPuts, MostPuts);

    // What is many times as fast as a PUT is done more often, so that a burst is no measurement.
    private readonly int _quick = Math.Clamp(options.Meetings, LeastQuick, MostQuick);
    private readonly int _calls = HostJson.Read().Processor.MaxConcurrentCalls;

    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        say("Starting Azurite, the emulator and the simulator");
        await using var services = await LoadServices.StartAsync(cancellationToken);
        await using var raw = await RawLimits.StartAsync(services, cancellationToken);
        using var load = new PushLoad();
        await WarmUpAsync(services, raw, load, cancellationToken);

        say("Accepting");
        var (sends, posts) = await SendAndPostAsync(services, raw, load, cancellationToken);
        var (accepted, acceptLatencies, acceptCost) = await AcceptAsync(services, load, cancellationToken);
        var (moreSends, morePosts) = await SendAndPostAsync(services, raw, load, cancellationToken);
        (sends, posts) = (sends + moreSends, posts + morePosts);

        say("Draining");
        var (puts, gets) = await PutAndGetAsync(raw, _puts, _quick, cancellationToken);
        await using var host = MeasuredHost.Start(services.Settings(fetches: true), gauged: true);
        var callback = await host.CallbackAsync(cancellationToken);
        var drained = await DrainAsync(services, cancellationToken);
        var (morePuts, moreGets) = await PutAndGetAsync(raw, _puts, _quick, cancellationToken);
        (puts, gets) = (puts + morePuts, gets + moreGets);
        var receives = await raw.RunAsync(RawCall.Receive, 2 * _quick, _calls, cancellationToken);

        say("All at once");
        await load.RunAsync(callback, services.EndMeetings(WarmUp), options.Concurrency, cancellationToken);
        await services.UntilWaitingAsync(0, cancellationToken);
        var before = await host.UsageAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        var (_, wholeLatencies) = await load.RunAsync(callback, services.EndMeetings(options.Meetings), options.Concurrency, cancellationToken);
        await services.UntilWaitingAsync(0, cancellationToken);
        var whole = new Pace(options.Meetings, watch.Elapsed);
        var used = (await host.UsageAsync(cancellationToken)).Since(before);

        say("Counting manifests");
        return new LoadResult(
            options.Meetings,
            options.Concurrency,
            _calls,
            Environment.ProcessorCount,
            accepted.PerSecond,
            Latencies.Of(acceptLatencies),
            drained.PerSecond,
            whole.PerSecond,
            Latencies.Of(wholeLatencies),
            new LoadResult.RawRates(posts.PerSecond, sends.PerSecond, receives.PerSecond, puts.PerSecond, gets.PerSecond),
            new LoadResult.RatesToRaw(
                accepted.PerSecond / sends.PerSecond,
                accepted.PerSecond * ((1 / posts.PerSecond) + (1 / sends.PerSecond)),
                drained.PerSecond / puts.PerSecond,
                drained.PerSecond / gets.PerSecond,
                drained.PerSecond / receives.PerSecond),
            acceptCost,
            CostOf(host, used),
            await services.Manifests.GetBlobsAsync(cancellationToken: cancellationToken).CountAsync(cancellationToken),
            (2 * options.Meetings) + (2 * WarmUp));
    }

    private LoadResult.HostCost CostOf(MeasuredHost host, HostUsage used) => new(
        host.PeakBytes / Mega,
        used.Cpu.TotalMilliseconds / options.Meetings,
        used.AllocatedBytes / Kilo / options.Meetings);

    private async Task WarmUpAsync(LoadServices services, RawLimits raw, PushLoad load, CancellationToken cancellationToken)
    {
        var conferences = services.EndMeetings(WarmUp);
        for (var i = 0; i < WarmUpPushes; i++)
        {
            await load.RunAsync(raw.Endpoint, conferences, options.Concurrency, cancellationToken);
        }

        await raw.RunAsync(RawCall.Send, WarmUp, options.Concurrency, cancellationToken);
        await raw.RunAsync(RawCall.Receive, WarmUp, _calls, cancellationToken);
        await PutAndGetAsync(raw, WarmUp, WarmUp, cancellationToken);
    }

    private async Task<(Pace Sends, Pace Posts)> SendAndPostAsync(LoadServices services, RawLimits raw, PushLoad load, CancellationToken cancellationToken) => (
        await raw.RunAsync(RawCall.Send, _quick, options.Concurrency, cancellationToken),
        (await load.RunAsync(raw.Endpoint, services.EndMeetings(_quick), options.Concurrency, cancellationToken)).Pace);

    private async Task<(Pace Puts, Pace Gets)> PutAndGetAsync(RawLimits raw, int puts, int gets, CancellationToken cancellationToken) => (
        await raw.RunAsync(RawCall.Put, puts, _calls, cancellationToken),
        await raw.RunAsync(RawCall.Get, gets, _calls, cancellationToken));

    // Leaves all that it accepts on the queue, the warm-up included.
    private async Task<(Pace Pace, TimeSpan[] Latencies, LoadResult.HostCost Cost)> AcceptAsync(LoadServices services, PushLoad load, CancellationToken cancellationToken)
    {
        await using var host = MeasuredHost.Start(services.Settings(fetches: false), gauged: true);
        var callback = await host.CallbackAsync(cancellationToken);
        var conferences = services.EndMeetings(WarmUp);
        for (var i = 0; i < WarmUpPushes; i++)
        {
            await load.RunAsync(callback, conferences, options.Concurrency, cancellationToken);
        }

        var before = await host.UsageAsync(cancellationToken);
        var (pace, latencies) = await load.RunAsync(callback, services.EndMeetings(options.Meetings), options.Concurrency, cancellationToken);
        return (pace, latencies, CostOf(host, (await host.UsageAsync(cancellationToken)).Since(before)));
    }

    // The clock starts once the warm-up is through.
    private async Task<Pace> DrainAsync(LoadServices services, CancellationToken cancellationToken)
    {
        var first = (int)await services.UntilWaitingAsync(options.Meetings, cancellationToken);
        var watch = Stopwatch.StartNew();
        await services.UntilWaitingAsync(0, cancellationToken);
        return new Pace(first, watch.Elapsed);
    }
}
