using Support;

namespace Benchmarks.ServiceBus;

/// <summary>The emulator of this repository as a process of its own, with one queue that is set up as the product's is.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    public const string Queue = "conferences";

    private const string Config = """
        {"UserConfig":{"Namespaces":[{"Name":"benchmark","Queues":[
          {"Name":"conferences","Properties":{"LockDuration":"PT1M","MaxDeliveryCount":10,"RequiresDuplicateDetection":true,"DuplicateDetectionHistoryTimeWindow":"PT10M"}}]}]}}
        """;

    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _process;

    private EmulatorProcess(DirectoryInfo folder, ChildProcess process, string connectionString)
        => (_folder, _process, ConnectionString) = (folder, process, connectionString);

    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan Cpu => _process.Cpu;

    /// <summary>The memory that it holds, in bytes (working set).</summary>
    public long MemoryBytes => _process.MemoryBytes;

    public static async Task<EmulatorProcess> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("servicebus-");
        var config = Path.Combine(folder.FullName, "emulator.json");
        await File.WriteAllTextAsync(config, Config, cancellationToken);
        var process = ChildProcess.Start("ServiceBusEmulator", ["--config", config, "--port", "0"]);
        try
        {
            var line = await process.LineAsync(static line => line.StartsWith("Endpoint=", StringComparison.Ordinal), cancellationToken);
            return new EmulatorProcess(folder, process, line);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
