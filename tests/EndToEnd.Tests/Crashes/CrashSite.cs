using System.Text;
using Azure.Messaging.ServiceBus;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Pushing;
using LocalHost.Hosting;
using LocalHost.Settings;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Manifests;
using Support;
using Support.Chaos;
using Support.Crashes;

namespace EndToEnd.Tests.Crashes;

/// <summary>
/// What a host that dies leaves standing: Service Bus, Blob Storage, DingTalk, and whoever tries again. Hosts come and go.
/// </summary>
internal sealed class CrashSite : IAsyncDisposable
{
    private const int Killed = 128 + 9;
    private const string OperatorKey = "operator-key-of-a-test";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestKill = TimeSpan.FromMinutes(1);
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    private readonly List<Doomed> _doomed = [];
    private readonly List<Task> _works = [];
    private readonly Dictionary<string, string?> _settings;

    private CrashSite(string azurite, WatchedServices services, Scenario scenario)
    {
        (Azurite, Services, Scenario) = (azurite, services, scenario);
        _settings = new Dictionary<string, string?>(services.Settings)
        {
            ["FunctionKeys__Master"] = OperatorKey,
            ["Sweep__Enabled"] = scenario.Sweeps ? "true" : "false",
            ["SweepSchedule"] = "* * * * * *",
            ["Manifest__Omit"] = ChaosStage.AllDetails,
            ["Recovery__FirstLookAfter"] = "00:00:00",
            ["Watch__After"] = "00:00:00",
            ["Recovery__ConfirmAfter"] = scenario.LooksTwice ? "00:00:00.1" : "00:00:00",
            ["Recovery__ReadinessLadder"] = "00:00:00.1,00:00:00.1",
            ["Recovery__FaultLadder"] = "00:00:00.1,00:00:00.1",
        };
        Http = new HttpClient { BaseAddress = services.Functions };
        Http.DefaultRequestHeaders.Add("x-functions-key", OperatorKey);
    }

    /// <summary>How to connect to Blob Storage without passing the tripwire.</summary>
    public string Azurite { get; }

    public WatchedServices Services { get; }

    public Scenario Scenario { get; }

    /// <summary>Calls the functions, whichever host runs them, with the master key.</summary>
    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CrashSite> StartAsync(AzuriteFixture azurite, Scenario scenario)
    {
        var services = await WatchedServices.StartAsync(azurite.ConnectionString, scenario.DingTalk, Cancellation);
        var site = new CrashSite(azurite.ConnectionString, services, scenario);
        if (scenario.HasContainer)
        {
            await services.Manifests.CreateAsync(cancellationToken: Cancellation);
        }

        await scenario.PrepareAsync(site);
        return site;
    }

    /// <summary>Starts a process that has the site's settings.</summary>
    public ChildProcess Start(params string[] arguments) => ChildProcess.Start("LocalHost", arguments, _settings);

    /// <summary>Starts a host as a process of its own.</summary>
    public ChildProcess StartHost() => Start("--port", "0");

    /// <summary>Waits until a host's process serves.</summary>
    /// <returns>Where.</returns>
    public static async Task<Uri> AddressOfAsync(ChildProcess host)
    {
        var line = await host.LineAsync(static line => line.Contains("/dingtalk/events", StringComparison.Ordinal), Cancellation);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Uri(words.First(static word => word.StartsWith("http", StringComparison.Ordinal)));
    }

    /// <summary>
    /// Has a host live for as long as something takes. It runs in this process, which is quicker, and as good where nobody kills it.
    /// </summary>
    public async Task WithHostAsync(Func<Task> something)
    {
        await using var host = await FunctionHost.StartAsync(new FunctionHostOptions(LocalSettings.Only(_settings)), Cancellation);
        Services.Serve(host.BaseAddress);
        await something();
        Services.Serve(null);
    }

    /// <summary>Has the scenario's process do its work, and kills it at a passing of a step.</summary>
    public async Task KillAsync(CrashStep step, int passing)
    {
        var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        var killed = Services.Wire.Set(step, passing, async () => await (await started.Task).KillAsync());
        await using var process = Scenario.Start(this);
        started.SetResult(process);
        var address = Scenario.AddressOfAsync(process);
        await Task.WhenAny(killed, address);
        if (!killed.IsCompleted)
        {
            Services.Serve(await address);
            await WorkUntilAsync(killed);
            Assert.True(killed.IsCompleted, $"Everything is done, and it has not come {step} {passing} times.");
        }

        await killed;
        var exitCode = await process.ExitAsync(Cancellation);
        Assert.True(OperatingSystem.IsWindows() || exitCode == Killed, $"The process ended by itself: {exitCode}.");
        Services.Serve(null);
        await UntilAsync("nothing of the dead is under way", () => Services.ServiceBus.Connections == 0);
    }

    /// <summary>Has a host that lives do what is left, and waits until nothing is.</summary>
    public Task FinishAsync() => WithHostAsync(async () =>
    {
        await Task.WhenAll(_works);
        await Scenario.FinishAsync(this);
        await SettleAsync();
    });

    /// <summary>Has a host that lives do everything.</summary>
    public Task LiveAsync() => WithHostAsync(async () =>
    {
        await Scenario.WorkAsync(this);
        await Scenario.FinishAsync(this);
        await SettleAsync();
    });

    /// <summary>Adds a conference that must come to an end.</summary>
    /// <param name="end">The end.</param>
    /// <param name="script">What DingTalk answers at first, and how many times.</param>
    public SimulatedConference Doom(Doomed.Ending end, params (string Code, int Times)[] script)
    {
        var conference = Services.DingTalk.Tenant.AddConference();
        foreach (var (code, times) in script)
        {
            conference.Script.Add(ScriptedAnswer.ApiError.Of(code), times);
        }

        _doomed.Add(new Doomed(conference, end, script.LastOrDefault().Code));
        return conference;
    }

    /// <summary>Pushes the ends of conferences, one after the other, each until a host has accepted it.</summary>
    public async Task PushAsync(params SimulatedConference[] conferences)
    {
        foreach (var conference in conferences)
        {
            await UntilAsync("a push is accepted", async () => (await PushOnceAsync(conference, null)).Delivered);
        }
    }

    /// <summary>Pushes the begin of a conference whose end nobody will push, until a host has accepted it.</summary>
    public Task PushBeginAsync(SimulatedConference conference) => UntilAsync(
        "a push is accepted",
        async () => (await Services.DingTalk.Pusher.PushAsync(PushedEvent.MeetingStarted, conference.Id, null, Cancellation)).Delivered);

    /// <summary>Pushes the ends of conferences to nobody, so that DingTalk lists them as failed.</summary>
    public async Task PushToNobodyAsync(params SimulatedConference[] conferences)
    {
        foreach (var conference in conferences)
        {
            Assert.False((await PushOnceAsync(conference, Nowhere)).Delivered);
        }
    }

    /// <summary>Puts the end of a conference on the queue, as the app would.</summary>
    public async Task EnqueueAsync(SimulatedConference conference)
    {
        var message = new ConferenceMessage(
            conference.Id, conference.CreatorUnionId, DevelopmentCredentials.CorpId, conference.EndedAt, Trigger.MeetingEnded);
        await using var client = new ServiceBusClient(Services.ServiceBus.ConnectionString);
        await using var sender = client.CreateSender(WatchedServices.Queue);
        await sender.SendMessageAsync(
            new ServiceBusMessage(ConferenceMessageJson.Serialize(message)) { MessageId = $"{conference.Id}:ended" }, Cancellation);
    }

    /// <summary>Sends a request to the app.</summary>
    /// <returns>The answer's status; null where the app has died over it, or there is none.</returns>
    public async Task<int?> SendAsync(HttpMethod method, string route, string? json = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, route)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (header is { } value)
        {
            request.Headers.Add(value.Name, value.Value);
        }

        return await SendAsync(request);
    }

    /// <inheritdoc cref="SendAsync(HttpMethod, string, string?, ValueTuple{string, string}?)" />
    public async Task<int?> SendAsync(HttpRequestMessage request)
    {
        try
        {
            using var answer = await Http.SendAsync(request, Cancellation);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The sequence numbers of the messages in a queue.</summary>
    public async Task<IReadOnlyList<long>> NumbersAsync(string queue)
        => [.. (await PeekAsync(queue, SubQueue.None)).Select(static message => message.SequenceNumber)];

    /// <summary>Waits until every push that has failed so far has been swept: two further reads of the list are over, or begun.</summary>
    public Task UntilSweptAsync()
    {
        var enough = CountSweeps() + 2;
        return UntilAsync("the failed pushes are swept", () => CountSweeps() >= enough);

        int CountSweeps() => Services.DingTalk.Ledger.Calls
            .Count(static call => call is { Operation: ApiOperation.FailedPushes, Code: ApiCall.Ok });
    }

    /// <summary>Waits until nothing is left on the conference queue.</summary>
    public Task SettleAsync()
        => UntilAsync(
            "the queue is empty",
            () => Services.ServiceBus.CountsOf(WatchedServices.Queue) is { Active: 0, Locked: 0, Scheduled: 0 });

    /// <summary>Waits for something that nobody tells of.</summary>
    public static Task UntilAsync(string what, Func<bool> condition) => UntilAsync(what, () => Task.FromResult(condition()));

    /// <inheritdoc cref="UntilAsync(string, Func{bool})" />
    public static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Patience);
        while (!await condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"Within {Patience.TotalMinutes} minutes it did not come to this: {what}.");
            await Task.Delay(PollInterval, Cancellation);
        }
    }

    /// <summary>Every conference has come to its one end, and to no other.</summary>
    public async Task AssertOneEndEachAsync()
    {
        var poisoned = await ConferencesInAsync(WatchedServices.PoisonQueue, SubQueue.None);
        var dead = await ConferencesInAsync(WatchedServices.Queue, SubQueue.DeadLetter);
        foreach (var (conference, end, reason) in _doomed)
        {
            var blob = Services.Manifests.GetBlobClient($"{conference.Id}.json");
            Assert.Equal(end == Doomed.Ending.Manifest, (await blob.ExistsAsync(Cancellation)).Value);
            Assert.Equal(end == Doomed.Ending.Poison ? 1 : 0, poisoned[conference.Id].Count());
            Assert.Equal(
                end == Doomed.Ending.DeadLetter ? [reason] : (string?[])[],
                dead[conference.Id].Select(static message => message.DeadLetterReason));
            if (end == Doomed.Ending.Manifest)
            {
                var manifest = (await blob.DownloadContentAsync(Cancellation)).Value;
                var videos = conference.RecordStatus == RecordStatus.NotRecorded ? [] : conference.Videos;
                Assert.Equal(ExpectedManifest.Of(conference.Id, conference.EndedAt, videos), manifest.Content.ToArray());
                Assert.Equal("1", manifest.Details.Metadata[ManifestMetadata.Revision]);
            }
        }

        Assert.Equal(_doomed.Count(static one => one.End == Doomed.Ending.Poison), poisoned.Count);
        Assert.Equal(_doomed.Count(static one => one.End == Doomed.Ending.DeadLetter), dead.Count);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Services.DisposeAsync();
    }

    private Task<PushResult> PushOnceAsync(SimulatedConference conference, Uri? callbackUrl)
        => Services.DingTalk.Pusher.PushEndedAsync(conference.Id, callbackUrl, Cancellation);

    private async Task WorkUntilAsync(Task killed)
    {
        var work = Scenario.WorkAsync(this);
        _works.Add(work);
        var done = WithRestAsync(work);
        if (await Task.WhenAny(killed, done) == done)
        {
            await done;
            // The last thing may have been done only now, and the process be about to be killed for it.
            await Task.WhenAny(killed, Task.Delay(LongestKill, Cancellation));
        }

        async Task WithRestAsync(Task itself)
        {
            await itself;
            await SettleAsync();
        }
    }

    private async Task<ILookup<string, ServiceBusReceivedMessage>> ConferencesInAsync(string queue, SubQueue subQueue)
        => (await PeekAsync(queue, subQueue)).ToLookup(static message =>
            ConferenceMessageJson.Parse(message.Body.ToMemory().Span).Succeeded(out var conference, out _) ? conference.ConferenceId : "");

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(string queue, SubQueue subQueue)
    {
        await using var client = new ServiceBusClient(Services.ServiceBus.ConnectionString);
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = subQueue });
        return await receiver.PeekMessagesAsync(100, cancellationToken: Cancellation);
    }
}
