using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using DingTalkSimulator;
using FunctionsHost;
using LocalHost.Hosting;
using LocalHost.Services;
using ServiceBusEmulator;

namespace Worker.Tests;

/// <summary>The built app under a Functions host, on the Service Bus emulator, Azurite and the DingTalk simulator.</summary>
public sealed class RunningApp : IAsyncDisposable
{
    public const string Queue = "conferences";
    public const string PoisonQueue = "conferences-poison";

    private const string OnceAYear = "0 0 0 1 1 *";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly LocalServices _services;
    private readonly WorkerHostOptions _options;
    private readonly ServiceBusClient _serviceBus;

    private RunningApp(LocalServices services, SimulatorServer dingTalk, WorkerHost host, WorkerHostOptions options)
    {
        (_services, DingTalk, Host, _options) = (services, dingTalk, host, options);
        Manifests = new BlobContainerClient(options.Settings["Manifests"], options.Settings["ManifestContainer"]);
        _serviceBus = new ServiceBusClient(ServiceBus.ConnectionString);
        Http = new HttpClient { BaseAddress = host.BaseAddress };
        dingTalk.Pusher.CallbackUrl = new Uri(host.BaseAddress, "dingtalk/events");
    }

    public WorkerHost Host { get; private set; }

    public SimulatorServer DingTalk { get; }

    public EmulatorServer ServiceBus => _services.ServiceBus!;

    public BlobContainerClient Manifests { get; }

    /// <summary>Calls the functions without any key.</summary>
    public HttpClient Http { get; }

    /// <summary>The keys that open them.</summary>
    public FunctionKeys Keys => _options.Keys;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts everything. Waits are short, and nobody looks twice, unless the settings say otherwise.</summary>
    public static async Task<RunningApp> StartAsync(AzuriteFixture azurite, params (string Name, string Value)[] settings)
    {
        var services = await LocalServices.StartAsync(new LocalServicesOptions(new ServicePorts(0, null, null)), Cancellation);
        // A push is tried once: whoever wants it tried again says so. How soon the worker answers is not what these tests are about.
        var dingTalk = await SimulatorServer.StartAsync(
            new SimulatorOptions { PushRetries = [], PushTimeout = TimeSpan.FromSeconds(30) }, Cancellation);
        try
        {
            var all = new Dictionary<string, string?>(services.Settings)
            {
                ["Manifests"] = azurite.ConnectionString,
                ["ManifestContainer"] = $"test-{Guid.NewGuid():N}",
                ["DingTalk__BaseAddress"] = dingTalk.BaseAddress.ToString(),
                ["DingTalk__AppKey"] = DevelopmentCredentials.AppKey,
                ["DingTalk__AppSecret"] = DevelopmentCredentials.AppSecret,
                ["DingTalk__CallbackToken"] = DevelopmentCredentials.CallbackToken,
                ["DingTalk__EncodingAesKey"] = DevelopmentCredentials.EncodingAesKey,
                ["Sweep__BaseAddress"] = dingTalk.BaseAddress.ToString(),
                ["SweepSchedule"] = OnceAYear,
                ["Recovery__FirstLookAfter"] = "00:00:00",
                ["Recovery__ConfirmAfter"] = "00:00:00",
                ["Recovery__ReadinessLadder"] = "00:00:00.05,00:00:00.05,00:00:00.05",
                ["Recovery__FaultLadder"] = "00:00:00.05,00:00:00.05",
            };
            foreach (var (name, value) in settings)
            {
                all[name] = value;
            }

            var options = new WorkerHostOptions(all);
            return new RunningApp(services, dingTalk, await WorkerHost.StartAsync(options, Cancellation), options);
        }
        catch
        {
            await dingTalk.DisposeAsync();
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the host, as a deployment does, and starts another one.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        Host = await WorkerHost.StartAsync(_options, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _serviceBus.DisposeAsync();
        await Host.DisposeAsync();
        await DingTalk.DisposeAsync();
        await _services.DisposeAsync();
        await Manifests.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    /// <summary>Has the simulator push the event of a meeting's end, and expects it to be accepted.</summary>
    public async Task PushEndedAsync(SimulatedConference conference)
    {
        var push = await DingTalk.Pusher.PushEndedAsync(conference.Id, cancellationToken: Cancellation);
        Assert.True(push.Delivered, push.Detail);
    }

    /// <summary>Calls a function.</summary>
    /// <param name="method">The method.</param>
    /// <param name="route">The route and the query.</param>
    /// <param name="key">The key to show. Default: none.</param>
    /// <param name="content">The body. Default: none.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string route, string? key = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, route) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await Http.SendAsync(request, Cancellation);
    }

    /// <summary>Puts a message on the conference queue as somebody else would.</summary>
    public async Task EnqueueAsync(ServiceBusMessage message)
    {
        await using var sender = _serviceBus.CreateSender(Queue);
        await sender.SendMessageAsync(message, Cancellation);
    }

    /// <summary>Waits until no message is ready, locked or to come.</summary>
    public Task DrainAsync()
        => UntilAsync("the queue is empty", () => Task.FromResult(ServiceBus.CountsOf(Queue) is { Active: 0, Locked: 0, Scheduled: 0 }));

    /// <summary>Waits for a manifest and reads it.</summary>
    public async Task<BinaryData> ManifestAsync(string conferenceId)
    {
        var blob = Manifests.GetBlobClient($"{conferenceId}.json");
        await UntilAsync($"{blob.Name} is there", async () => await blob.ExistsAsync(Cancellation));
        return (await blob.DownloadContentAsync(Cancellation)).Value.Content;
    }

    /// <summary>Waits for the one message of a conference in a queue, and reads it without receiving it.</summary>
    public async Task<ServiceBusReceivedMessage> MessageAsync(string conferenceId, string queue, SubQueue subQueue = SubQueue.None)
    {
        ServiceBusReceivedMessage[] found = [];
        await UntilAsync($"a message of {conferenceId} is in {queue} {subQueue}", async () =>
        {
            found = [.. (await PeekAsync(queue, subQueue)).Where(message => IsAbout(message, conferenceId))];
            return found.Length > 0;
        });
        return Assert.Single(found);
    }

    /// <summary>The messages of a queue.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(string queue, SubQueue subQueue = SubQueue.None)
    {
        await using var receiver = _serviceBus.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = subQueue });
        return await receiver.PeekMessagesAsync(1000, cancellationToken: Cancellation);
    }

    /// <summary>Whether a message names a conference.</summary>
    public static bool IsAbout(ServiceBusReceivedMessage message, string conferenceId)
        => message.Body.ToString().Contains(conferenceId, StringComparison.Ordinal);

    /// <summary>Waits for something that nobody tells of.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Patience);
        while (!await condition())
        {
            try
            {
                await Task.Delay(PollInterval, timeout.Token);
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                Assert.Fail($"Within {Patience.TotalSeconds} s it did not come to this: {what}.");
            }
        }
    }
}
