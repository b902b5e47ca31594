using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using DingTalkSimulator;
using FunctionsHost;
using LocalHost.Services;
using ServiceBusEmulator;

namespace Worker.Tests;

/// <summary>The built app under a Functions host, on the Service Bus emulator, Azurite and the DingTalk simulator.</summary>
public sealed class RunningApp : IAsyncDisposable
{
    public const string Queue = "conferences";
    public const string PoisonQueue = "conferences-poison";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly LocalServices _services;
    private readonly ServiceBusClient _serviceBus;

    private RunningApp(LocalServices services, WorkerHost host, BlobContainerClient manifests, WorkerHostOptions options)
    {
        _services = services;
        Host = host;
        Manifests = manifests;
        Options = options;
        _serviceBus = new ServiceBusClient(ServiceBus.ConnectionString);
        Http = new HttpClient { BaseAddress = host.BaseAddress };
    }

    public WorkerHost Host { get; }

    public WorkerHostOptions Options { get; }

    public SimulatorServer DingTalk => _services.DingTalk!;

    public EmulatorServer ServiceBus => _services.ServiceBus!;

    public BlobContainerClient Manifests { get; }

    /// <summary>Calls the functions without any key.</summary>
    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts everything. Waits are short, and nobody looks twice, unless the settings say otherwise.</summary>
    public static async Task<RunningApp> StartAsync(AzuriteFixture azurite, params (string Name, string Value)[] settings)
    {
        var services = await LocalServices.StartAsync(new LocalServicesOptions(new ServicePorts(0, null, 0)), Cancellation);
        try
        {
            var container = $"test-{Guid.NewGuid():N}";
            var all = new Dictionary<string, string?>(services.Settings)
            {
                ["Manifests"] = azurite.ConnectionString,
                ["ManifestContainer"] = container,
                ["Recovery__ConfirmAfter"] = "00:00:00",
                ["Recovery__ReadinessLadder"] = "00:00:00.05,00:00:00.05,00:00:00.05",
                ["Recovery__FaultLadder"] = "00:00:00.05,00:00:00.05",
            };
            foreach (var (name, value) in settings)
            {
                all[name] = value;
            }

            var options = new WorkerHostOptions(all);
            var host = await WorkerHost.StartAsync(options, Cancellation);
            services.PushTo(host.BaseAddress);
            return new RunningApp(services, host, new BlobContainerClient(azurite.ConnectionString, container), options);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the host and its worker, and nothing else. To stop them again changes nothing.</summary>
    public ValueTask StopAsync() => Host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _serviceBus.DisposeAsync();
        await Host.DisposeAsync();
        await _services.DisposeAsync();
        await Manifests.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    /// <summary>Has the simulator push the event of a meeting's end, and expects it to be accepted.</summary>
    public async Task PushEndedAsync(SimulatedConference conference)
    {
        var push = await DingTalk.Pusher.PushEndedAsync(conference.Id, cancellationToken: Cancellation);
        Assert.True(push.Delivered, push.Detail);
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
            found = [.. (await PeekAsync(queue, subQueue)).Where(message => message.Body.ToString().Contains(conferenceId, StringComparison.Ordinal))];
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
