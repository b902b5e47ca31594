using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Load;

/// <summary>
/// What this machine could do at most: each thing that the product does to the outside, done alone by a process that does nothing
/// else, as LocalHost is a process of its own.
/// </summary>
internal sealed class RawLimits : IAsyncDisposable
{
    private readonly LoadServices _services;
    private readonly Process _process;
    private readonly Dictionary<RawCall, int> _next = [];
    private int _conferences;

    private RawLimits(LoadServices services, Process process, Uri endpoint)
    {
        Endpoint = endpoint;
        _services = services;
        _process = process;
    }

    /// <summary>Where pushes can be posted to without anything coming of it.</summary>
    public Uri Endpoint { get; }

    public static async Task<RawLimits> StartAsync(LoadServices services, CancellationToken cancellationToken)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var info = new ProcessStartInfo(dotnet,
        [
            typeof(RawLimits).Assembly.Location,
            RawCommand.Name,
            services.ServiceBus.ConnectionString,
            services.Blobs.ConnectionString,
            services.DingTalk.BaseAddress.ToString(),
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(info)!;
        var endpoint = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The process of raw calls has not started.");
        return new RawLimits(services, process, new Uri(endpoint));
    }

    /// <summary>Makes so many calls that were not made before; a message is received after it was sent.</summary>
    public async Task<Pace> RunAsync(RawCall what, int count, int atOnce, CancellationToken cancellationToken)
    {
        var first = _next.GetValueOrDefault(what);
        _next[what] = first + count;
        for (; what == RawCall.Get && _conferences < first + count; _conferences++)
        {
            _services.DingTalk.Tenant.AddConference(RawConference.IdOf(_conferences), creatorUnionId: RawConference.UnionId);
        }

        await _process.StandardInput.WriteLineAsync(new RawOrder(what, first, count, atOnce).ToString());
        var answer = await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The process of raw calls ended at {what}.");
        return new Pace(count, TimeSpan.FromSeconds(double.Parse(answer, CultureInfo.InvariantCulture)));
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
