using DingTalkSimulator;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using LocalHost.Settings;
using ServiceBusEmulator;

namespace LocalHost.Services;

/// <summary>The services that the functions need, started on this machine.</summary>
public sealed class LocalServices : IAsyncDisposable
{
    private const string ConferenceQueue = "conferences";
    private const string PoisonQueue = "conferences-poison";
    private const string RecordingQueue = "recordings";

    private static readonly string[] QueueSettings = ["ConferenceQueue", "PoisonQueue", "RecordingQueue"];

    // The simulator has no limit of its own unless a test sets one.
    private const string CallsPerSecond = "10000";
    private const string SweepSchedule = "0 */5 * * * *";
    private const string CallbackPath = "dingtalk/events";

    private LocalServices()
    {
    }

    /// <summary>The Service Bus emulator; null where it was not wanted.</summary>
    public EmulatorServer? ServiceBus { get; private set; }

    /// <summary>Azurite; null where it was not wanted.</summary>
    public AzuriteServer? Blobs { get; private set; }

    /// <summary>The DingTalk simulator; null where it was not wanted.</summary>
    public SimulatorServer? DingTalk { get; private set; }

    /// <summary>How many messages lie in the emulator's queues, poisoned, dead-lettered and scheduled ones included.</summary>
    public long WaitingMessages => ServiceBus is null ? 0
        : QueueSettings.Select(name => Settings[name]!).Select(ServiceBus.CountsOf)
            .Sum(static counts => counts.Active + counts.Locked + counts.Scheduled + counts.DeadLettered);

    /// <summary>The settings that point the app to these services, with defaults for what else it needs here.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Starts services.</summary>
    /// <param name="options">Which, and where.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="LocalHostException">One cannot be started; those that were are stopped again.</exception>
    public static async Task<LocalServices> StartAsync(LocalServicesOptions options, CancellationToken cancellationToken)
    {
        var services = new LocalServices();
        try
        {
            // Azurite takes a second or two, the others almost nothing.
            var blobs = services.StartBlobsAsync(options, cancellationToken);
            await services.StartServiceBusAsync(options, cancellationToken);
            await services.StartDingTalkAsync(options, cancellationToken);
            await blobs;
        }
        catch (Exception e)
        {
            await services.DisposeAsync();
            throw e is IOException ? new LocalHostException(e.Message, e) : e;
        }

        services.Settings = services.Describe();
        return services;
    }

    /// <summary>Has the simulator push events to the functions.</summary>
    /// <param name="functions">What their routes are relative to.</param>
    public void PushTo(Uri functions)
    {
        if (DingTalk is not null)
        {
            DingTalk.Pusher.CallbackUrl = new Uri(functions, CallbackPath);
        }
    }

    /// <summary>Stops them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in (IAsyncDisposable?[])[DingTalk, ServiceBus, Blobs])
        {
            if (service is not null)
            {
                await service.DisposeAsync();
            }
        }
    }

    private async Task StartBlobsAsync(LocalServicesOptions options, CancellationToken cancellationToken)
    {
        if (options.Ports.Blobs is { } port)
        {
            Blobs = await AzuriteServer.StartAsync(
                new AzuriteOptions
                {
                    Port = port,
                    DataDirectory = options.StateDirectory is null ? null : Path.Combine(options.StateDirectory, "blobs"),
                    Installing = options.Installing,
                },
                cancellationToken);
        }
    }

    private async Task StartServiceBusAsync(LocalServicesOptions options, CancellationToken cancellationToken)
    {
        if (options.Ports.ServiceBus is { } port)
        {
            var conferences = LocalQueues.Conferences(options.Settings["ConferenceQueue"] ?? ConferenceQueue);
            var poison = LocalQueues.Poison(options.Settings["PoisonQueue"] ?? PoisonQueue);
            var recordings = LocalQueues.Recordings(options.Settings["RecordingQueue"] ?? RecordingQueue);
            ServiceBus = await EmulatorServer.StartAsync(
                new EmulatorOptions { Port = port, Queues = [conferences, poison, recordings], Clock = options.Clock },
                cancellationToken);
        }
    }

    private async Task StartDingTalkAsync(LocalServicesOptions options, CancellationToken cancellationToken)
    {
        if (options.Ports.DingTalk is { } port)
        {
            var simulator = new SimulatorOptions
            {
                Port = port,
                Clock = options.Clock,
                AppKey = options.Settings["DingTalk:AppKey"] ?? DevelopmentCredentials.AppKey,
                AppSecret = options.Settings["DingTalk:AppSecret"] ?? DevelopmentCredentials.AppSecret,
                CallbackToken = LocalSettings.First(options.Settings["DingTalk:CallbackToken"]) ?? DevelopmentCredentials.CallbackToken,
                EncodingAesKey = LocalSettings.First(options.Settings["DingTalk:EncodingAesKey"]) ?? DevelopmentCredentials.EncodingAesKey,
                // Without the second one, whoever tries the app would wait ten minutes for a manifest.
                Traits = new TenantTraits { Meeting = new MeetingTraits { Events = [PushedEvent.MeetingEnded, PushedEvent.VideoGenerated] } },
            };
            DingTalk = await SimulatorServer.StartAsync(simulator, cancellationToken);
        }
    }

    private Dictionary<string, string?> Describe()
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConferenceQueue"] = ConferenceQueue,
            ["PoisonQueue"] = PoisonQueue,
            ["SweepSchedule"] = SweepSchedule,
        };
        if (ServiceBus is not null)
        {
            settings["ServiceBus"] = ServiceBus.ConnectionString;

            // Another namespace need not have this queue, and a listener on one that is not there does nothing but fail.
            settings["RecordingQueue"] = RecordingQueue;
        }

        if (Blobs is not null)
        {
            settings["Manifests"] = Blobs.ConnectionString;
        }

        if (DingTalk is not null)
        {
            settings["DingTalk__BaseAddress"] = DingTalk.BaseAddress.ToString();
            settings["DingTalk__CallsPerSecond"] = CallsPerSecond;
            settings["Archive__AllowedHosts"] = DingTalk.BaseAddress.Host;
            settings["Sweep__BaseAddress"] = DingTalk.BaseAddress.ToString();
            settings["DingTalk__AppKey"] = DingTalk.Options.AppKey;
            settings["DingTalk__AppSecret"] = DingTalk.Options.AppSecret;
            settings["DingTalk__CallbackToken"] = DingTalk.Options.CallbackToken;
            settings["DingTalk__EncodingAesKey"] = DingTalk.Options.EncodingAesKey;
        }

        return settings;
    }
}
