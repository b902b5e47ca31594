using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LocalHost.Node;

/// <summary>Runs <c>node</c> and <c>npm</c>, on every platform without a shell.</summary>
internal static class NodeProgram
{
    private const string Missing = "Node.js is needed for Azurite, and 'node' is not on the PATH. Install Node.js 20 or newer (https://nodejs.org).";

    /// <summary>How to start <c>node</c> with a script.</summary>
    public static ProcessStartInfo Node(string script, params IEnumerable<string> arguments) => Create("node", [script, .. arguments]);

    /// <summary>Starts a process whose standard streams are redirected.</summary>
    /// <exception cref="LocalHostException">There is no Node.js.</exception>
    public static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info) ?? throw new LocalHostException(Missing);
        }
        catch (Win32Exception e)
        {
            throw new LocalHostException(Missing, e);
        }
    }

    /// <summary>Runs <c>npm</c> to its end.</summary>
    /// <exception cref="LocalHostException">There is no npm, or it failed; the message holds the end of what it printed.</exception>
    public static async Task NpmAsync(string directory, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // On Windows npm is a batch file, which only its interpreter can run.
        var info = OperatingSystem.IsWindows() ? Create("cmd.exe", ["/d", "/c", "npm", .. arguments]) : Create("npm", arguments);
        info.WorkingDirectory = directory;
        using var process = Start(info);
        process.StandardInput.Close();
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new LocalHostException($"npm {string.Join(' ', arguments)} failed with exit code {process.ExitCode}: {End(output)}");
        }
    }

    private static ProcessStartInfo Create(string file, IEnumerable<string> arguments) => new(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        CreateNoWindow = true,
    };

    private static void Append(StringBuilder output, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    private static string End(StringBuilder output)
    {
        const int maxLength = 600;
        lock (output)
        {
            var text = output.ToString().Trim().ReplaceLineEndings(" | ");
            return text.Length <= maxLength ? text : text[^maxLength..];
        }
    }
}
