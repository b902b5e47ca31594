using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipes;

namespace Benchmarks.Hosting;

/// <summary>LocalHost as a process of its own, so that it can be measured alone.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string CallbackPath = "dingtalk/events";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string? _gaugePipe;
    private readonly TaskCompletionSource<Uri> _callback = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _lastError = "no output";

    private HostProcess(Process process, string? gaugePipe)
    {
        _process = process;
        _gaugePipe = gaugePipe;
        process.OutputDataReceived += (_, line) => ReadOutput(line.Data);
        process.ErrorDataReceived += (_, line) => _lastError = line.Data ?? _lastError;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _callback.TrySetException(new InvalidOperationException($"LocalHost ended early: {_lastError}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The most memory that it has held at any time, in bytes (peak working set).</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it on any free port.</summary>
    /// <param name="settings">Its settings; those of services that it shall not start itself among them.</param>
    /// <param name="gauged">Whether it shall tell what it allocates.</param>
    public static HostProcess Start(IEnumerable<KeyValuePair<string, string?>> settings, bool gauged)
        => Start([Path.Combine(AppContext.BaseDirectory, "LocalHost.dll"), "--port", "0"], settings, gauged);

    /// <summary>Starts another program that hosts the functions and prints where DingTalk's events are pushed to.</summary>
    /// <param name="arguments">Its assembly and its arguments.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="gauged">Whether it shall tell what it allocates.</param>
    public static HostProcess Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> settings, bool gauged)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var info = new ProcessStartInfo(dotnet, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A local.settings.json of the developer's must not decide what is measured.
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        var pipe = gauged ? $"benchmarks-{Guid.NewGuid():N}" : null;
        if (gauged)
        {
            info.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            info.Environment[StartupHook.PipeVariable] = pipe;
        }

        return new HostProcess(new Process { StartInfo = info }, pipe);
    }

    /// <summary>Waits until it serves.</summary>
    /// <returns>Where DingTalk's events are pushed to.</returns>
    public Task<Uri> CallbackAsync(CancellationToken cancellationToken) => _callback.Task.WaitAsync(StartTimeout, cancellationToken);

    /// <summary>What it has used so far.</summary>
    public async Task<HostUsage> UsageAsync(CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(".", _gaugePipe!, PipeDirection.In, PipeOptions.Asynchronous);
        await using var close = pipe.ConfigureAwait(false);
        await pipe.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var answer = new byte[sizeof(long)];
        await pipe.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        _process.Refresh();
        return new HostUsage(_process.TotalProcessorTime, BinaryPrimitives.ReadInt64LittleEndian(answer));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var timeout = new CancellationTokenSource(StopTimeout);
            try
            {
                await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private void ReadOutput(string? line)
    {
        if (line?.Split(' ').FirstOrDefault(static word => word.EndsWith(CallbackPath, StringComparison.Ordinal)) is { } url)
        {
            _callback.TrySetResult(new Uri(url));
        }
    }
}
