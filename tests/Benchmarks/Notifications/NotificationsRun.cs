using Benchmarks.Hosting;
using Benchmarks.Load;
using DingTalkSimulator;

namespace Benchmarks.Notifications;

/// <summary>Accepting with and without group commit, each in two halves of one run, between the raw limits of the same machine; then an open loop.</summary>
/// <param name="options">How much.</param>
/// <param name="say">Is told what it is at.</param>
internal sealed class NotificationsRun(NotificationsOptions options, Action<string> say)
{
    private const int WarmUp = 5_000;

    // Enough for the JIT. All but the first of each are dropped as duplicates.
    private const int WarmUpPushes = 8;

    private long _expected;

    public async Task<NotificationsResult> RunAsync(CancellationToken cancellationToken)
    {
        say("Starting Azurite, the emulator and the simulator");
        await using var services = await LoadServices.StartAsync(cancellationToken);
        await using var raw = await RawLimits.StartAsync(services, cancellationToken);
        var settings = services.Settings(fetches: false);
        settings["AzureWebJobs__SweepFailedPushes__Disabled"] = "true";
        // As LocalHost itself runs.
        settings["DOTNET_TieredPGO"] = "0";
        await using var groupedHost = MeasuredHost.Start(AcceptCommand.Program, AcceptCommand.Arguments(single: false), settings, gauged: true);
        await using var singleHost = MeasuredHost.Start(AcceptCommand.Program, AcceptCommand.Arguments(single: true), settings, gauged: true);
        using var load = new PushLoad();

        say("Warming up");
        foreach (var callback in new[] { raw.Endpoint, await groupedHost.CallbackAsync(cancellationToken), await singleHost.CallbackAsync(cancellationToken) })
        {
            var conferences = EndMeetings(services, WarmUp, enqueued: callback != raw.Endpoint);
            for (var i = 0; i < WarmUpPushes; i++)
            {
                await load.RunAsync(callback, conferences, options.Concurrency, cancellationToken);
            }
        }

        await SendAsync(raw, RawCall.Send, cancellationToken);
        await SendAsync(raw, RawCall.Group, cancellationToken);

        say("Accepting");
        var (grouped, single, posts, singleSends, groupedSends) = (new List<Half>(), new List<Half>(), new List<Pace>(), new List<Pace>(), new List<Pace>());
        // There and back, so that what drifts, drifts for all.
        Func<Task>[] parts =
        [
            async () => posts.Add((await load.RunAsync(raw.Endpoint, EndMeetings(services, options.Count, enqueued: false), options.Concurrency, cancellationToken)).Pace),
            async () => singleSends.Add(await SendAsync(raw, RawCall.Send, cancellationToken)),
            async () => groupedSends.Add(await SendAsync(raw, RawCall.Group, cancellationToken)),
            async () => single.Add(await AcceptAsync(services, load, singleHost, cancellationToken)),
            async () => grouped.Add(await AcceptAsync(services, load, groupedHost, cancellationToken)),
        ];
        foreach (var part in parts.Concat(parts.Reverse()))
        {
            await part();
        }

        say($"Sending {options.Rate} a second");
        var (latencies, lags) = await load.RunPacedAsync(
            await groupedHost.CallbackAsync(cancellationToken),
            EndMeetings(services, options.Rate * options.Seconds, enqueued: true),
            options.Rate,
            cancellationToken);
        return new NotificationsResult(
            options,
            Environment.ProcessorCount,
            Sum(grouped),
            Sum(single),
            posts.Aggregate(static (a, b) => a + b).PerSecond,
            singleSends.Aggregate(static (a, b) => a + b).PerSecond,
            groupedSends.Aggregate(static (a, b) => a + b).PerSecond,
            new NotificationsResult.OpenLoop(Latencies.Of(latencies), Latencies.Of(lags)),
            services.Waiting,
            _expected);
    }

    private NotificationsResult.Accepting Sum(IReadOnlyList<Half> halves) => new(
        halves.Select(static half => half.Pace).Aggregate(static (a, b) => a + b).PerSecond,
        Latencies.Of(halves.SelectMany(static half => half.Latencies)),
        halves.Sum(static half => half.Cpu.TotalMilliseconds) / (halves.Count * options.Count));

    private IReadOnlyList<SimulatedConference> EndMeetings(LoadServices services, int count, bool enqueued)
    {
        _expected += enqueued ? count : 0;
        return services.EndMeetings(count);
    }

    private Task<Pace> SendAsync(RawLimits raw, RawCall how, CancellationToken cancellationToken)
        => raw.RunAsync(how, options.Count, options.Concurrency, cancellationToken);

    private async Task<Half> AcceptAsync(LoadServices services, PushLoad load, MeasuredHost host, CancellationToken cancellationToken)
    {
        var callback = await host.CallbackAsync(cancellationToken);
        var conferences = EndMeetings(services, options.Count, enqueued: true);
        var before = await host.UsageAsync(cancellationToken);
        var (pace, latencies) = await load.RunAsync(callback, conferences, options.Concurrency, cancellationToken);
        return new Half(pace, latencies, (await host.UsageAsync(cancellationToken)).Since(before).Cpu);
    }

    private sealed record Half(Pace Pace, TimeSpan[] Latencies, TimeSpan Cpu);
}
