using System.Diagnostics;
using Azure.Storage.Blobs;
using DingTalkSimulator;
using LocalHost.Services;
using ServiceBusEmulator;

namespace Benchmarks.Load;

/// <summary>What the measured host needs, outside of it: emulator and simulator in this process, Azurite in one of its own.</summary>
internal sealed class LoadServices : IAsyncDisposable
{
    public const string Queue = "conferences";
    public const string RawQueue = "raw";
    public const string RawContainer = "raw";
    private const string PoisonQueue = "conferences-poison";
    private const string Container = "manifests";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private LoadServices(EmulatorServer serviceBus, AzuriteServer blobs, SimulatorServer dingTalk)
    {
        ServiceBus = serviceBus;
        Blobs = blobs;
        DingTalk = dingTalk;
        Manifests = new BlobContainerClient(blobs.ConnectionString, Container);
    }

    public EmulatorServer ServiceBus { get; }

    public AzuriteServer Blobs { get; }

    public SimulatorServer DingTalk { get; }

    /// <summary>Where the product writes.</summary>
    public BlobContainerClient Manifests { get; }

    /// <summary>The messages of the product's queue that are not done with; scheduled ones do not count.</summary>
    public long Waiting => ServiceBus.CountsOf(Queue) is { } counts ? counts.Active + counts.Locked : 0;

    public static async Task<LoadServices> StartAsync(CancellationToken cancellationToken)
    {
        var azurite = await AzuriteServer.StartAsync(
            new AzuriteOptions { Installing = static () => Console.Error.WriteLine("Installing Azurite from npm, once ...") },
            cancellationToken);
        var emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions { Port = 0, Queues = [.. new[] { Queue, RawQueue, PoisonQueue }.Select(AsDeployed)] },
            cancellationToken);
        var simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), cancellationToken);
        await new BlobContainerClient(azurite.ConnectionString, RawContainer).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return new LoadServices(emulator, azurite, simulator);
    }

    /// <summary>The settings of a host that uses these services.</summary>
    public Dictionary<string, string?> Settings(bool fetches) => new()
    {
        ["ServiceBus"] = ServiceBus.ConnectionString,
        ["Manifests"] = Blobs.ConnectionString,
        ["ConferenceQueue"] = Queue,
        ["PoisonQueue"] = PoisonQueue,
        ["ManifestContainer"] = Container,
        ["DingTalk__BaseAddress"] = DingTalk.BaseAddress.ToString(),
        ["DingTalk__AppKey"] = DevelopmentCredentials.AppKey,
        ["DingTalk__AppSecret"] = DevelopmentCredentials.AppSecret,
        ["DingTalk__CallbackToken"] = DevelopmentCredentials.CallbackToken,
        ["DingTalk__EncodingAesKey"] = DevelopmentCredentials.EncodingAesKey,
        // DingTalk's own limit is 20; here the program's is looked for.
        ["DingTalk__CallsPerSecond"] = "100000",
        ["SweepSchedule"] = "0 0 0 1 1 *",
        ["AzureWebJobs__FetchRecordings__Disabled"] = fetches ? "false" : "true",
    };

    /// <summary>Meetings that have just ended.</summary>
    public IReadOnlyList<SimulatedConference> EndMeetings(int count)
        => [.. Enumerable.Range(0, count).Select(_ => DingTalk.Tenant.AddConference())];

    /// <summary>Waits until no more messages of the product's queue than so many are not done with.</summary>
    /// <returns>How many are.</returns>
    /// <exception cref="TimeoutException">None was done for two minutes.</exception>
    public async Task<long> UntilWaitingAsync(int atMost, CancellationToken cancellationToken)
    {
        var (last, idle) = (long.MaxValue, Stopwatch.StartNew());
        while (true)
        {
            var waiting = Waiting;
            if (waiting <= atMost)
            {
                return waiting;
            }

            if (waiting != last)
            {
                (last, idle) = (waiting, Stopwatch.StartNew());
            }

            if (idle.Elapsed > Patience)
            {
                throw new TimeoutException($"{waiting} conferences are left, and none was done for {Patience.TotalSeconds} s.");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DingTalk.DisposeAsync();
        await ServiceBus.DisposeAsync();
        await Blobs.DisposeAsync();
    }

    private static QueueOptions AsDeployed(string name) => new(name)
    {
        LockDuration = TimeSpan.FromMinutes(1),
        MaxDeliveryCount = 10,
        RequiresDuplicateDetection = true,
    };
}
