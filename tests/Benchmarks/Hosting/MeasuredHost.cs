using System.Buffers.Binary;
using System.IO.Pipes;
using Support;

namespace Benchmarks.Hosting;

/// <summary>LocalHost as a process of its own, so that it can be measured alone.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    private const string CallbackPath = "dingtalk/events";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly ChildProcess _process;
    private readonly string? _gaugePipe;

    private MeasuredHost(ChildProcess process, string? gaugePipe) => (_process, _gaugePipe) = (process, gaugePipe);

    /// <summary>The most memory that it has held at any time, in bytes (peak working set).</summary>
    public long PeakBytes => _process.PeakBytes;

    /// <summary>Starts it on any free port.</summary>
    /// <param name="settings">Its settings; those of services that it shall not start itself among them.</param>
    /// <param name="gauged">Whether it shall tell what it allocates.</param>
    public static MeasuredHost Start(IEnumerable<KeyValuePair<string, string?>> settings, bool gauged)
        => Start("LocalHost", ["--port", "0"], settings, gauged);

    /// <summary>Starts another program that hosts the functions and prints where DingTalk's events are pushed to.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="gauged">Whether it shall tell what it allocates.</param>
    public static MeasuredHost Start(
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>> settings,
        bool gauged)
    {
        if (!gauged)
        {
            return new MeasuredHost(ChildProcess.Start(program, arguments, settings), gaugePipe: null);
        }

        var pipe = $"benchmarks-{Guid.NewGuid():N}";
        KeyValuePair<string, string?>[] gauge =
        [
            new("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
            new(StartupHook.PipeVariable, pipe),
        ];
        return new MeasuredHost(ChildProcess.Start(program, arguments, settings.Concat(gauge)), pipe);
    }

    /// <summary>Waits until it serves.</summary>
    /// <returns>Where DingTalk's events are pushed to.</returns>
    public async Task<Uri> CallbackAsync(CancellationToken cancellationToken)
    {
        var line = await _process.LineAsync(static line => CallbackIn(line) is not null, cancellationToken)
            .WaitAsync(StartTimeout, cancellationToken);
        return new Uri(CallbackIn(line)!);
    }

    /// <summary>What it has used so far.</summary>
    public async Task<HostUsage> UsageAsync(CancellationToken cancellationToken)
    {
        await using var pipe = new NamedPipeClientStream(".", _gaugePipe!, PipeDirection.In, PipeOptions.Asynchronous);
        await pipe.ConnectAsync(cancellationToken);
        var answer = new byte[sizeof(long)];
        await pipe.ReadExactlyAsync(answer, cancellationToken);
        return new HostUsage(_process.Cpu, BinaryPrimitives.ReadInt64LittleEndian(answer));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync();
        await _process.DisposeAsync();
    }

    private static string? CallbackIn(string line)
        => line.Split(' ').FirstOrDefault(static word => word.EndsWith(CallbackPath, StringComparison.Ordinal));
}
