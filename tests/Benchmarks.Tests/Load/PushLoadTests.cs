using System.Net;
using Benchmarks.Load;
using DingTalkSimulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Tests.Load;

public sealed class PushLoadTests
{
    private const int Pushes = 20;
    private const int PerSecond = 100;

    // A load that waits for its answers would never send the second.
    [Fact]
    public async Task At_a_given_rate_pushes_are_sent_whatever_became_of_those_before_and_count_from_their_times()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Serve(async _ =>
        {
            if (Interlocked.Increment(ref arrived) == Pushes)
            {
                all.SetResult();
            }

            await all.Task;
        });
        await server.StartAsync(cancellationToken);
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), cancellationToken);
        using var load = new PushLoad();

        var (latencies, lags) = await load.RunPacedAsync(
            new Uri(server.Urls.Single()),
            [.. Enumerable.Range(0, Pushes).Select(_ => simulator.Tenant.AddConference())],
            PerSecond,
            cancellationToken).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);

        Assert.Equal(Pushes, arrived);
        for (var i = 0; i < Pushes; i++)
        {
            // None was answered before the last was sent, and that was not before its time.
            Assert.True(latencies[i] >= TimeSpan.FromSeconds((double)(Pushes - 1 - i) / PerSecond), $"{i}: {latencies[i]}");
            Assert.True(latencies[i] >= lags[i] && lags[i] >= TimeSpan.Zero, $"{i}: {latencies[i]}, {lags[i]}");
        }
    }

    private static WebApplication Serve(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.MapPost("/", answer);
        return server;
    }
}
