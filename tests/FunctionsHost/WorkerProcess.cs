using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace FunctionsHost;

/// <summary>The app as a process of its own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const string AppAssembly = "MeetingRecordings.Functions.dll";

    private readonly Process _process;

    private WorkerProcess(ProcessStartInfo info, HostLog log)
    {
        _process = new Process { StartInfo = info };
        _process.OutputDataReceived += (_, line) => Note(line.Data, LogLevel.Information);
        _process.ErrorDataReceived += (_, line) => Note(line.Data, LogLevel.Error);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Note(string? line, LogLevel level)
        {
            if (line is not null)
            {
                log.Add(new LogLine(LogLine.Console, level, line));
            }
        }
    }

    public int Id => _process.Id;

    public static WorkerProcess Start(WorkerHostOptions options, Uri host, string workerId)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var info = new ProcessStartInfo(
            dotnet,
            [
                Path.Combine(options.AppDirectory, AppAssembly),
                "--functions-uri", host.AbsoluteUri,
                "--functions-worker-id", workerId,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.AppDirectory,
        };
        foreach (var name in info.Environment.Keys.Where(static name => !IsInherited(name)).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["FUNCTIONS_WORKER_DIRECTORY"] = options.AppDirectory;
        info.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = options.AppDirectory;
        foreach (var (name, value) in options.Settings)
        {
            info.Environment[name] = value;
        }

        return new WorkerProcess(info, options.Log);
    }

    /// <summary>Asks it to end, with SIGTERM.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();

    /// <summary>Ends it without warning, with SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end, and for all that it has written.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // What .NET and the system's own libraries look for; a developer's settings must not decide what is tested.
    private static bool IsInherited(string name)
        => name is "PATH" or "HOME" or "TMPDIR" or "TEMP" or "TMP" or "USERPROFILE" or "SystemRoot"
            || name.StartsWith("DOTNET_", StringComparison.Ordinal);
}
