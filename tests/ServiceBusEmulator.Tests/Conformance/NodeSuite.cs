using System.ComponentModel;
using System.Diagnostics;

namespace ServiceBusEmulator.Tests.Conformance;

/// <summary>The conformance suite's files, with their packages installed beside them on first use.</summary>
public sealed class NodeSuite : IAsyncLifetime
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FileTimeout = TimeSpan.FromMinutes(3);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "conformance");

    public async ValueTask InitializeAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }

        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var (exitCode, output) = await RunAsync(npm, ["ci", "--no-audit", "--no-fund"], connectionString: null, InstallTimeout);
        Assert.True(exitCode == 0, $"npm ci failed in {Folder}:\n{output}");
        await File.WriteAllTextAsync(stamp, wanted);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs one file of the suite.</summary>
    public static async Task RunAsync(string file, string connectionString)
    {
        var (exitCode, output) = await RunAsync("node", ["--test", "--test-reporter=tap", file], connectionString, FileTimeout);
        Assert.True(exitCode == 0, $"{file} failed:\n{output}");
        Assert.Contains("# fail 0", output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string command, string[] arguments, string? connectionString, TimeSpan timeout)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SERVICEBUS_CONNECTION_STRING"] = connectionString;
        using var process = Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, string.Concat(await output));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} {string.Join(' ', arguments)} did not end within {timeout}.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"'{start.FileName}' cannot be started: these tests need Node.js 20 or newer, with npm, on the PATH.");
        }
    }
}
