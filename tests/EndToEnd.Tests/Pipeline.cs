using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DingTalkSimulator;
using LocalHost.Hosting;
using LocalHost.Services;
using LocalHost.Settings;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Tickets;
using MeetingRecordings.Manifests;
using Microsoft.Extensions.Logging;
using ServiceBusEmulator;

namespace EndToEnd.Tests;

/// <summary>The whole product on real parts: Kestrel, the Service Bus emulator over AMQP, Azurite and the DingTalk simulator.</summary>
public sealed class Pipeline : IAsyncDisposable
{
    public const string Queue = "conferences";
    public const string PoisonQueue = "conferences-poison";
    public const string RecordingQueue = "recordings";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly LocalServices _services;
    private readonly Func<int, Task<FunctionHost>> _startHost;
    private readonly ServiceBusClient _serviceBus;
    private FunctionHost _host;

    private Pipeline(
        LocalServices services, FunctionHost host, Func<int, Task<FunctionHost>> startHost, string blobs, string container)
    {
        _services = services;
        _host = host;
        _startHost = startHost;
        Manifests = new BlobContainerClient(blobs, container);
        Archive = new BlobContainerClient(blobs, "recordings");
        SuiteTickets = new BlobSuiteTicketStore(new BlobContainerClient(blobs, BlobSuiteTicketStore.ContainerName));
        _serviceBus = new ServiceBusClient(ServiceBus.ConnectionString);
        Http = new HttpClient { BaseAddress = host.BaseAddress };
        Http.DefaultRequestHeaders.Add("x-functions-key", host.Keys.Sender);
        Operator = new HttpClient { BaseAddress = host.BaseAddress };
        Operator.DefaultRequestHeaders.Add("x-functions-key", host.Keys.Operator);
        CommandSettings = new Dictionary<string, string?>
        {
            ["ServiceBus"] = ServiceBus.ConnectionString,
            ["ConferenceQueue"] = Queue,
            ["PoisonQueue"] = PoisonQueue,
            ["RecordingQueue"] = RecordingQueue,
            ["Manifests"] = blobs,
            ["ManifestContainer"] = container,
        };
    }

    public SimulatorServer DingTalk => _services.DingTalk!;

    public EmulatorServer ServiceBus => _services.ServiceBus!;

    public BlobContainerClient Manifests { get; }

    /// <summary>The archive, which other tests use too.</summary>
    public BlobContainerClient Archive { get; }

    /// <summary>Where the app keeps suite tickets.</summary>
    public BlobSuiteTicketStore SuiteTickets { get; }

    /// <summary>Calls the functions with a sender's key.</summary>
    public HttpClient Http { get; }

    /// <summary>Calls the functions with an operator's key.</summary>
    public HttpClient Operator { get; }

    /// <summary>The keys of the functions.</summary>
    public FunctionKeys Keys => _host.Keys;

    /// <summary>What LocalHost's commands need to know to work on this pipeline.</summary>
    public IReadOnlyDictionary<string, string?> CommandSettings { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts everything. Waits are short, and nobody looks twice, unless the settings say otherwise.</summary>
    public static Task<Pipeline> StartAsync(AzuriteFixture azurite, params (string Name, string Value)[] settings)
        => StartAsync(azurite, null, settings);

    /// <summary>Starts everything, and hands on what is logged.</summary>
    public static async Task<Pipeline> StartAsync(AzuriteFixture azurite, Action<ILoggingBuilder>? logging, params (string Name, string Value)[] settings)
    {
        var services = await LocalServices.StartAsync(new LocalServicesOptions(new ServicePorts(0, null, 0)), Cancellation);
        try
        {
            var container = $"test-{Guid.NewGuid():N}";
            var all = new Dictionary<string, string?>(services.Settings)
            {
                ["Manifests"] = azurite.ConnectionString,
                ["ManifestContainer"] = container,
                ["Recovery__FirstLookAfter"] = "00:00:00",
                ["Recovery__ConfirmAfter"] = "00:00:00",
                ["Recovery__ReadinessLadder"] = "00:00:00.05,00:00:00.05,00:00:00.05",
                ["Recovery__FaultLadder"] = "00:00:00.05,00:00:00.05",
            };
            foreach (var (name, value) in settings)
            {
                all[name] = value;
            }

            Task<FunctionHost> StartHostAsync(int port) => FunctionHost.StartAsync(
                new FunctionHostOptions(LocalSettings.Only(all)) { Port = port, Logging = logging }, Cancellation);
            var host = await StartHostAsync(0);
            services.PushTo(host.BaseAddress);
            return new Pipeline(services, host, StartHostAsync, azurite.ConnectionString, container);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Operator.Dispose();
        await _serviceBus.DisposeAsync();
        await _host.DisposeAsync();
        await _services.DisposeAsync();
        await Manifests.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    /// <summary>Stops the functions, so that nobody answers at their address.</summary>
    public async Task StopHostAsync() => await _host.DisposeAsync();

    /// <summary>Starts the functions again, at the same address and, unless the settings name them, with other keys.</summary>
    public async Task StartHostAsync() => _host = await _startHost(_host.BaseAddress.Port);

    /// <summary>Waits until no message is ready, locked or to come.</summary>
    public Task DrainAsync() => UntilAsync("the queue is empty", () =>
    {
        var counts = ServiceBus.CountsOf(Queue);
        return Task.FromResult(counts is { Active: 0, Locked: 0, Scheduled: 0 });
    });

    /// <summary>
    /// Waits until nobody looks at a conference or works for the archive. A transcript is asked for again a day later, so messages that are
    /// to come may be left.
    /// </summary>
    /// <param name="toCome">How many.</param>
    public async Task DrainArchiveAsync(int toCome = 0)
    {
        await DrainAsync();
        await UntilAsync(
            $"{toCome} of the recording queue's messages are to come, and none is there",
            () => Task.FromResult(ServiceBus.CountsOf(RecordingQueue) is { Active: 0, Locked: 0 } counts && counts.Scheduled == toCome));
    }

    /// <summary>Waits until so many messages are to come, and none is ready or locked.</summary>
    public Task UntilScheduledAsync(int count) => UntilAsync(
        $"{count} are scheduled",
        () => Task.FromResult(ServiceBus.CountsOf(Queue) is { Active: 0, Locked: 0 } counts && counts.Scheduled == count));

    /// <summary>Waits until so many messages are dead-lettered.</summary>
    public Task UntilDeadLetteredAsync(int count)
        => UntilAsync($"{count} are dead-lettered", () => Task.FromResult(ServiceBus.CountsOf(Queue).DeadLettered == count));

    /// <summary>Has the simulator push the event of a meeting's end, and expects it to be accepted.</summary>
    public async Task PushEndedAsync(SimulatedConference conference)
    {
        var push = await DingTalk.Pusher.PushEndedAsync(conference.Id, cancellationToken: Cancellation);
        Assert.True(push.Delivered, push.Detail);
    }

    /// <summary>Posts JSON to a function.</summary>
    public Task<HttpResponseMessage> PostAsync(string route, string json)
        => Http.PostAsync(new Uri(route, UriKind.Relative), new StringContent(json, System.Text.Encoding.UTF8, "application/json"), Cancellation);

    /// <summary>Waits for a manifest and reads it.</summary>
    public async Task<BlobDownloadResult> ManifestAsync(string conferenceId)
    {
        var blob = Manifests.GetBlobClient($"{conferenceId}.json");
        await UntilAsync($"{blob.Name} is there", async () => await blob.ExistsAsync(Cancellation));
        return (await blob.DownloadContentAsync(Cancellation)).Value;
    }

    /// <summary>Waits until a manifest says where every file and the transcript is.</summary>
    public Task ArchivedAsync(SimulatedConference conference) => UntilAsync($"{conference.Id} is archived", async () =>
    {
        var manifest = ManifestJson.Deserialize((await ManifestAsync(conference.Id)).Content.ToMemory().Span, EndedAtSource.Event);
        return manifest.Transcript is not null && manifest.Videos.All(static video => video.File is not null);
    });

    /// <summary>The messages that lie in a queue.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(string queue, SubQueue subQueue = SubQueue.None)
    {
        await using var receiver = _serviceBus.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = subQueue });
        return await receiver.PeekMessagesAsync(100, cancellationToken: Cancellation);
    }

    /// <summary>Puts a message on the conference queue as somebody else would.</summary>
    public Task SendAsync(ServiceBusMessage message) => SendAsync(Queue, [message]);

    /// <summary>Puts messages on a queue as somebody else would.</summary>
    public async Task SendAsync(string queue, IEnumerable<ServiceBusMessage> messages)
    {
        await using var sender = _serviceBus.CreateSender(queue);
        foreach (var some in messages.Chunk(500))
        {
            await sender.SendMessagesAsync(some, Cancellation);
        }
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> condition)
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
