using System.Net;
using System.Net.Sockets;
using DingTalkSimulator;
using LocalHost.Services;

namespace Support.Chaos;

/// <summary>The processes of a run: Service Bus, DingTalk, Blob Storage, and a host that talks to them over the network only.</summary>
public sealed class ChaosStage : IAsyncDisposable
{
    /// <summary>The queue of conferences.</summary>
    public const string Queue = "conferences";

    /// <summary>The queue of conferences that were given up.</summary>
    public const string PoisonQueue = "conferences-poison";

    /// <summary>The container of the manifests.</summary>
    public const string Container = "manifests";

    /// <summary>What of a meeting its events and conference info may tell or not, so that bytes are compared without it.</summary>
    public const string AllDetails = "title,startedAt,organizerUnionId,scheduleConferenceId,roomCode";

    private const int HostStarts = 10;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    // Short locks, so that what a killed host held comes back soon. Many deliveries, for in a run of minutes a message may well be
    // under way at more kills than in a year of Azure's; the broker would dead-letter it for that.
    private const string EmulatorConfig = """
        {"UserConfig":{"Namespaces":[{"Name":"chaos","Queues":[
          {"Name":"conferences","Properties":{"LockDuration":"PT5S","MaxDeliveryCount":50,"RequiresDuplicateDetection":true,"DuplicateDetectionHistoryTimeWindow":"PT10M"}},
          {"Name":"conferences-poison","Properties":{"RequiresDuplicateDetection":true,"DuplicateDetectionHistoryTimeWindow":"PT10M"}}]}]}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chaos-");
    private readonly int _port = FreePort();
    private readonly HttpClient _emulatorHttp = new();
    private ChildProcess? _emulator;
    private ChildProcess? _simulator;
    private ChildProcess? _host;
    private AzuriteServer? _blobs;

    private ChaosStage()
    {
    }

    /// <summary>How to connect to the queues.</summary>
    public string ServiceBus { get; private set; } = "";

    /// <summary>How to connect to the blobs.</summary>
    public string Blobs { get; private set; } = "";

    /// <summary>Drives DingTalk.</summary>
    public SimulatorClient DingTalk { get; private set; } = null!;

    /// <summary>Starts everything.</summary>
    public static async Task<ChaosStage> StartAsync(CancellationToken cancellationToken)
    {
        var stage = new ChaosStage();
        try
        {
            await stage.StartServicesAsync(cancellationToken);
            await stage.StartHostAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does something to the processes, and returns once all of them are up again.</summary>
    public async Task DisruptAsync(Disruption disruption, CancellationToken cancellationToken)
    {
        switch (disruption)
        {
            case Disruption.KillHost:
                await _host!.DisposeAsync();
                await StartHostAsync(cancellationToken);
                break;
            case Disruption.RestartBlobs:
                var port = _blobs!.BlobEndpoint.Port;
                await _blobs.DisposeAsync();
                _blobs = await StartBlobsAsync(port, cancellationToken);
                break;
            case Disruption.DropConnections:
                using (var answer = await _emulatorHttp.PostAsync("faults/drop-connections", null, cancellationToken))
                {
                    answer.EnsureSuccessStatusCode();
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(disruption));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in (IAsyncDisposable?[])[_host, _simulator, _emulator, _blobs])
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        DingTalk?.Dispose();
        _emulatorHttp.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string LastWord(string line) => line.Split(' ')[^1];

    private async Task StartServicesAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        var blobs = StartBlobsAsync(0, timeout.Token);
        var config = Path.Combine(_folder.FullName, "emulator.json");
        await File.WriteAllTextAsync(config, EmulatorConfig, timeout.Token);
        _emulator = ChildProcess.Start("ServiceBusEmulator", ["--config", config, "--port", "0", "--http-port", "0"]);
        _simulator = ChildProcess.Start(
            "DingTalkSimulator", ["--callback-url", $"http://127.0.0.1:{_port}/api/dingtalk/events", "--push-retries", "0.5", "1"]);
        ServiceBus = await _emulator.LineAsync(static line => line.StartsWith("Endpoint=", StringComparison.Ordinal), timeout.Token);
        _emulatorHttp.BaseAddress = new Uri(await _emulator.LineAsync(static line => line.StartsWith("http:", StringComparison.Ordinal), timeout.Token));
        DingTalk = new SimulatorClient(new Uri(LastWord(
            await _simulator.LineAsync(static line => line.Contains("listens on", StringComparison.Ordinal), timeout.Token))));
        _blobs = await blobs;
        Blobs = _blobs.ConnectionString;
    }

    private Task<AzuriteServer> StartBlobsAsync(int port, CancellationToken cancellationToken)
        => AzuriteServer.StartAsync(new AzuriteOptions { Port = port, DataDirectory = Path.Combine(_folder.FullName, "blobs") }, cancellationToken);

    private async Task StartHostAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        for (var start = 1; ; start++)
        {
            _host = ChildProcess.Start("LocalHost", ["--port", $"{_port}"], HostSettings());
            try
            {
                await _host.LineAsync(static line => line.StartsWith("Functions:", StringComparison.Ordinal), timeout.Token);
                return;
            }
            catch (IOException) when (start < HostStarts)
            {
                // Some other process's connection has the port for the moment.
                await _host.DisposeAsync();
            }
        }
    }

    private Dictionary<string, string?> HostSettings() => new()
    {
        ["ServiceBus"] = ServiceBus,
        ["Manifests"] = Blobs,
        ["ManifestContainer"] = Container,
        ["ConferenceQueue"] = Queue,
        ["PoisonQueue"] = PoisonQueue,
        ["DingTalk__BaseAddress"] = DingTalk.Address.ToString(),
        ["DingTalk__AppKey"] = DevelopmentCredentials.AppKey,
        ["DingTalk__AppSecret"] = DevelopmentCredentials.AppSecret,
        ["DingTalk__CallbackToken"] = DevelopmentCredentials.CallbackToken,
        ["DingTalk__EncodingAesKey"] = DevelopmentCredentials.EncodingAesKey,
        ["Manifest__Omit"] = AllDetails,
        ["Recovery__FirstLookAfter"] = "00:00:00",
        ["Watch__After"] = "00:00:01",
        ["Recovery__ConfirmAfter"] = "00:00:00",
        ["Recovery__ReadinessLadder"] = "00:00:00.5,00:00:01,00:00:01,00:00:02,00:00:02",
        ["Recovery__FaultLadder"] = "00:00:00.5,00:00:01,00:00:02,00:00:04,00:00:08,00:00:08",
    };
}
