using System.Diagnostics;
using LocalHost.Node;

namespace LocalHost.Services;

/// <summary>
/// Azurite's blob service as a child process. It lives as long as its standard input is open, so it ends with this process
/// however that ends.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string Listening = "successfully listens on ";

    // Published by Microsoft for every storage emulator.
    private const string AccountName = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private AzuriteServer(Process process, Uri address)
    {
        _process = process;
        BlobEndpoint = new Uri(address, AccountName);
    }

    /// <summary>The address of its one account.</summary>
    public Uri BlobEndpoint { get; }

    /// <summary>The process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>How to connect to it.</summary>
    public string ConnectionString
        => $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};BlobEndpoint={BlobEndpoint};";

    /// <summary>Installs Azurite where that is needed, and starts it.</summary>
    /// <param name="options">Where it listens and keeps its data.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="LocalHostException">Node.js is missing, npm failed, or the port is taken.</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Azurite");
        var package = await NodePackage.InstallAsync(source, LocalFolders.Packages, options.Installing, cancellationToken);
        var process = NodeProgram.Start(NodeProgram.Node(Path.Combine(package, "azurite-child.cjs"), Arguments(options)));
        try
        {
            return new AzuriteServer(process, await ReadAddressAsync(process, options.Port, cancellationToken));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Stops it, its data written.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Arguments(AzuriteOptions options) =>
    [
        "--blobHost", "127.0.0.1",
        "--blobPort", options.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "--silent", "--skipApiVersionCheck", "--disableTelemetry",
        .. options.DataDirectory is null ? (string[])["--inMemoryPersistence"] : ["--location", options.DataDirectory],
    ];

    private static async Task<Uri> ReadAddressAsync(Process process, int port, CancellationToken cancellationToken)
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var lastLine = "no output";
        DataReceivedEventHandler read = (_, e) =>
        {
            if (e.Data is null)
            {
                address.TrySetException(new LocalHostException(Describe(lastLine, port)));
                return;
            }

            lastLine = string.IsNullOrWhiteSpace(e.Data) ? lastLine : e.Data;
            if (e.Data.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                address.TrySetResult(new Uri(e.Data[(at + Listening.Length)..]));
            }
        };
        process.ErrorDataReceived += (_, e) => lastLine = string.IsNullOrWhiteSpace(e.Data) ? lastLine : e.Data;
        process.OutputDataReceived += read;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            return await address.Task.WaitAsync(StartTimeout, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new LocalHostException($"Azurite did not start within {StartTimeout.TotalSeconds} s: {lastLine}", e);
        }
    }

    private static string Describe(string lastLine, int port) => lastLine.Contains("EADDRINUSE", StringComparison.Ordinal)
        ? $"Port {port} is taken, so Azurite cannot start there."
        : $"Azurite did not start: {lastLine}";
}
