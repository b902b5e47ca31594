using System.Diagnostics;
using System.Globalization;

namespace Support;

/// <summary>A program of this repository as a process of its own.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _outputEnded;

    private ChildProcess(string program, Process process)
    {
        Program = program;
        _process = process;
        process.OutputDataReceived += (_, line) => Note(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Note(_errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its name.</summary>
    public string Program { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>The lines that it has written to its standard output.</summary>
    public IReadOnlyList<string> Output => Copy(_output);

    /// <summary>The lines that it has written to its standard error.</summary>
    public IReadOnlyList<string> Errors => Copy(_errors);

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan Cpu => Refreshed.TotalProcessorTime;

    /// <summary>The memory that it holds now, in bytes (working set).</summary>
    public long MemoryBytes => Refreshed.WorkingSet64;

    /// <summary>The most memory that it has held at any time, in bytes (peak working set).</summary>
    public long PeakBytes => Refreshed.PeakWorkingSet64;

    private Process Refreshed
    {
        get
        {
            _process.Refresh();
            return _process;
        }
    }

    /// <summary>Starts a program that lies beside this one.</summary>
    /// <param name="program">The name of its assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What its environment has beside this process's; null takes a variable away. Default: nothing.</param>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var info = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A local.settings.json of the developer's must not decide what is tested.
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment ?? [])
        {
            info.Environment[name] = value;
        }

        return new ChildProcess(program, new Process { StartInfo = info });
    }

    /// <summary>Waits for a line of its output, unless that has been written before.</summary>
    /// <param name="isWanted">Whether it is that line.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="IOException">It has ended without it.</exception>
    /// <exception cref="TimeoutException">It has not written it for three minutes.</exception>
    public async Task<string> LineAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        for (var seen = 0; ;)
        {
            Task moved;
            lock (_gate)
            {
                for (; seen < _output.Count; seen++)
                {
                    if (isWanted(_output[seen]))
                    {
                        return _output[seen];
                    }
                }

                if (_outputEnded)
                {
                    throw new IOException($"{Program} ended early: {string.Join(" | ", _errors)}");
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(Patience, cancellationToken);
        }
    }

    /// <summary>Waits for its end, and for all that it has written.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It has not ended within three minutes.</exception>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it without warning, with SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Sends it a signal. Not for Windows, which has none.</summary>
    /// <param name="signal">The signal's name, for instance <c>INT</c>.</param>
    public void Signal(string signal)
        => Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();

    /// <summary>Asks it to end, with SIGTERM, and waits for that. It is killed where it takes longer than 30 s.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            Signal("TERM");
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTimeout)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await KillAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private string[] Copy(List<string> lines)
    {
        lock (_gate)
        {
            return [.. lines];
        }
    }

    private void Note(List<string> lines, string? line)
    {
        TaskCompletionSource moved;
        lock (_gate)
        {
            if (line is not null)
            {
                lines.Add(line);
            }
            else if (lines == _output)
            {
                _outputEnded = true;
            }

            moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.TrySetResult();
    }
}
