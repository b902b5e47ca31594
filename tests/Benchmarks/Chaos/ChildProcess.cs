using System.Diagnostics;
using System.Threading.Channels;

namespace Benchmarks.Chaos;

/// <summary>A program of this repository as a process of its own.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptErrors = 20;

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Queue<string> _errors = [];

    private ChildProcess(string program, Process process)
    {
        Program = program;
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => NoteError(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its name.</summary>
    public string Program { get; }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it holds now, in bytes (working set).</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a program that lies beside this one.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What its environment has beside this process's.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var info = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return new ChildProcess(program, new Process { StartInfo = info });
    }

    /// <summary>Waits for a line of its output.</summary>
    /// <param name="isWanted">Whether it is that line.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <exception cref="IOException">It ended before.</exception>
    public async Task<string> LineAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        await foreach (var line in _output.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (isWanted(line))
            {
                return line;
            }
        }

        lock (_errors)
        {
            throw new IOException($"{Program} ended early: {string.Join(" | ", _errors)}");
        }
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            _output.Writer.TryComplete();
        }
        else
        {
            _output.Writer.TryWrite(line);
        }
    }

    private void NoteError(string? line)
    {
        if (line is not null)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > KeptErrors)
                {
                    _errors.Dequeue();
                }
            }
        }
    }
}
