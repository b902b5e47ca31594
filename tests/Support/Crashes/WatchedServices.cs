using Azure.Storage.Blobs;
using DingTalkSimulator;
using Microsoft.AspNetCore.Http;
using ServiceBusEmulator;

namespace Support.Crashes;

/// <summary>
/// What the app talks to and who talks to the app, with a tripwire in between: the Service Bus emulator, the DingTalk simulator, a
/// container in an Azurite that others may use too, and an address for the app itself. It works with a host of any kind.
/// </summary>
public sealed class WatchedServices : IAsyncDisposable
{
    /// <summary>The queue of conferences.</summary>
    public const string Queue = "conferences";

    /// <summary>The poison queue.</summary>
    public const string PoisonQueue = "conferences-poison";

    private const string BlobEndpoint = "BlobEndpoint=";

    // As good as no limit: the simulator has none.
    private const string CallsPerSecond = "10000";

    // Each host that is killed costs the messages that it held a delivery; what the broker does after their last is not what is tested.
    private const int MaxDeliveryCount = 100;

    private readonly Stack<IAsyncDisposable> _started = [];
    private WatchedProxy _app = null!;

    private WatchedServices(BlobContainerClient manifests) => Manifests = manifests;

    /// <summary>What every exchange passes.</summary>
    public Tripwire Wire { get; } = new();

    /// <summary>The queues. What a client held that has gone comes back at once.</summary>
    public EmulatorServer ServiceBus { get; private set; } = null!;

    /// <summary>DingTalk. It pushes to <see cref="Functions"/>, once each time.</summary>
    public SimulatorServer DingTalk { get; private set; } = null!;

    /// <summary>The container of the manifests, seen without passing the tripwire. It does not exist yet.</summary>
    public BlobContainerClient Manifests { get; }

    /// <summary>What the functions' routes are relative to, whichever host runs them.</summary>
    public Uri Functions => new(_app.Address, "api/");

    /// <summary>The settings that lead the app here.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Starts them.</summary>
    /// <param name="azurite">How to connect to Azurite.</param>
    /// <param name="simulator">Who DingTalk knows.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<WatchedServices> StartAsync(string azurite, SimulatorOptions simulator, CancellationToken cancellationToken)
    {
        var services = new WatchedServices(new BlobContainerClient(azurite, $"test-{Guid.NewGuid():N}"));
        try
        {
            await services.StartServiceBusAsync(cancellationToken);
            await services.StartDingTalkAsync(simulator, cancellationToken);
            await services.StartProxiesAsync(azurite, cancellationToken);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says where the functions are now.</summary>
    /// <param name="functions">What their routes are relative to; null for nowhere.</param>
    public void Serve(Uri? functions) => _app.Target = functions;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }

        await Manifests.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    private async Task StartServiceBusAsync(CancellationToken cancellationToken)
    {
        var queue = new QueueOptions(Queue) { MaxDeliveryCount = MaxDeliveryCount, RequiresDuplicateDetection = true };
        var options = new EmulatorOptions { Port = 0, Queues = [queue, queue with { Name = PoisonQueue }] };
        ServiceBus = Keep(await EmulatorServer.StartAsync(options, cancellationToken));
        ServiceBus.Faults.LoseLocksOfGoneClients = true;
        ServiceBus.Faults.Interceptor = Pass;
    }

    private async Task StartDingTalkAsync(SimulatorOptions simulator, CancellationToken cancellationToken)
        => DingTalk = Keep(await SimulatorServer.StartAsync(simulator with { PushRetries = [] }, cancellationToken));

    private async Task StartProxiesAsync(string azurite, CancellationToken cancellationToken)
    {
        var endpoint = azurite.Split(';').Single(static part => part.StartsWith(BlobEndpoint, StringComparison.Ordinal));
        var storage = new Uri(endpoint[BlobEndpoint.Length..]).GetLeftPart(UriPartial.Authority);
        var blobs = await StartProxyAsync(new Uri(storage), ExchangeNames.OfBlobs, cancellationToken);
        var dingTalk = await StartProxyAsync(DingTalk.BaseAddress, ExchangeNames.OfDingTalk, cancellationToken);
        _app = await StartProxyAsync(null, ExchangeNames.OfApp, cancellationToken);
        DingTalk.Pusher.CallbackUrl = new Uri(Functions, "dingtalk/events");
        Settings = new Dictionary<string, string?>
        {
            ["ServiceBus"] = ServiceBus.ConnectionString,
            ["ConferenceQueue"] = Queue,
            ["PoisonQueue"] = PoisonQueue,
            ["Manifests"] = azurite.Replace(storage, blobs.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal),
            ["ManifestContainer"] = Manifests.Name,
            ["DingTalk__BaseAddress"] = dingTalk.Address.ToString(),
            ["DingTalk__CallsPerSecond"] = CallsPerSecond,
            ["DingTalk__AppKey"] = DingTalk.Options.AppKey,
            ["DingTalk__AppSecret"] = DingTalk.Options.AppSecret,
            ["DingTalk__SuiteKey"] = DingTalk.Options.SuiteKey,
            ["DingTalk__SuiteSecret"] = DingTalk.Options.SuiteSecret,
            ["DingTalk__CallbackToken"] = DingTalk.Options.CallbackToken,
            ["DingTalk__EncodingAesKey"] = DingTalk.Options.EncodingAesKey,
            ["Sweep__BaseAddress"] = dingTalk.Address.ToString(),
        };
    }

    private async Task<WatchedProxy> StartProxyAsync(Uri? target, Func<HttpRequest, string> name, CancellationToken cancellationToken)
        => Keep(await WatchedProxy.StartAsync(target, name, Wire, cancellationToken));

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }

    // On a thread of the emulator's, which goes on with the exchange only after the process is gone.
    private bool Pass(QueueExchange exchange)
    {
        var goesOn = true;
        foreach (var name in ExchangeNames.OfQueue(exchange))
        {
            goesOn &= Wire.Begin(name).PassAsync(exchange.Side).GetAwaiter().GetResult();
        }

        return goesOn;
    }
}
