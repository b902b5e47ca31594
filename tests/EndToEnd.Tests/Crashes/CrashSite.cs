using System.Net.Http.Json;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Storage;
using ServiceBusEmulator;
using Support;

namespace EndToEnd.Tests.Crashes;

/// <summary>What a host that dies leaves standing: Service Bus, Blob Storage and DingTalk. Hosts come and go.</summary>
internal sealed class CrashSite : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // Short, so that what a dead host held comes back soon; the host renews it while it lives.
    private static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(3);

    // A look asks three times, and the ladder below has two rungs: after so many faults the conference is poisoned.
    private const int FaultsUntilPoisoned = 9;

    private const string OperatorKey = "operator-key-of-a-test";
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    private readonly EmulatorServer _serviceBus;
    private readonly SimulatorServer _dingTalk;
    private readonly BlobContainerClient _manifests;
    private readonly string _blobs;
    private readonly List<Doomed> _doomed = [];
    private readonly List<Task> _pushes = [];
    private readonly HttpClient _operator = new();

    private CrashSite(EmulatorServer serviceBus, SimulatorServer dingTalk, string blobs)
    {
        (_serviceBus, _dingTalk, _blobs) = (serviceBus, dingTalk, blobs);
        _manifests = new BlobContainerClient(blobs, $"test-{Guid.NewGuid():N}");
        _operator.DefaultRequestHeaders.Add("x-functions-key", OperatorKey);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CrashSite> StartAsync(AzuriteFixture azurite)
    {
        var conferences = new QueueOptions(Pipeline.Queue) { LockDuration = LockDuration, MaxDeliveryCount = 5, RequiresDuplicateDetection = true };
        var poison = new QueueOptions(Pipeline.PoisonQueue) { LockDuration = LockDuration, RequiresDuplicateDetection = true };
        var serviceBus = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0, Queues = [conferences, poison] }, Cancellation);
        // A push is tried once here: the next try must go to the next host, which has another port.
        var dingTalk = await SimulatorServer.StartAsync(new SimulatorOptions { PushRetries = [] }, Cancellation);
        return new CrashSite(serviceBus, dingTalk, azurite.ConnectionString);
    }

    /// <summary>Starts a host that pushes go to.</summary>
    /// <param name="crashAt">Where it dies; null where it does not.</param>
    /// <param name="passing">At which passing.</param>
    /// <param name="sweeps">Whether it asks for failed pushes, every second.</param>
    public async Task<ChildProcess> StartHostAsync(Checkpoint? crashAt = null, int passing = 1, bool sweeps = false)
    {
        var host = ChildProcess.Start("LocalHost", ["--port", "0"], new Dictionary<string, string?>
        {
            ["LocalHost__CrashAt"] = crashAt is null ? null : $"{crashAt}:{passing}",
            ["ServiceBus"] = _serviceBus.ConnectionString,
            ["Manifests"] = _blobs,
            ["ManifestContainer"] = _manifests.Name,
            ["ConferenceQueue"] = Pipeline.Queue,
            ["PoisonQueue"] = Pipeline.PoisonQueue,
            ["DingTalk__BaseAddress"] = _dingTalk.BaseAddress.ToString(),
            ["DingTalk__AppKey"] = DevelopmentCredentials.AppKey,
            ["DingTalk__AppSecret"] = DevelopmentCredentials.AppSecret,
            ["DingTalk__CallbackToken"] = DevelopmentCredentials.CallbackToken,
            ["DingTalk__EncodingAesKey"] = DevelopmentCredentials.EncodingAesKey,
            ["FunctionKeys__Master"] = OperatorKey,
            ["Sweep__Enabled"] = sweeps ? "true" : "false",
            ["Sweep__BaseAddress"] = _dingTalk.BaseAddress.ToString(),
            ["SweepSchedule"] = "* * * * * *",
            ["Recovery__ConfirmAfter"] = "00:00:00",
            ["Recovery__ReadinessLadder"] = "00:00:00.1,00:00:00.1",
            ["Recovery__FaultLadder"] = "00:00:00.1,00:00:00.1",
        });
        try
        {
            var line = await host.LineAsync(static line => line.Contains("/dingtalk/events", StringComparison.Ordinal), Cancellation);
            _dingTalk.Pusher.CallbackUrl = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(static word => word.StartsWith("http", StringComparison.Ordinal)));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets meetings of every fate end. Their ends are pushed again and again until a host has accepted them.</summary>
    public Task EndMeetingsAsync()
    {
        _pushes.AddRange(DoomAll().Select(PushUntilAcceptedAsync));
        return Task.CompletedTask;
    }

    /// <summary>Lets meetings of every fate end whose pushes reach nobody, so that DingTalk lists them as failed.</summary>
    public async Task EndMeetingsUnheardAsync()
    {
        foreach (var conference in DoomAll())
        {
            Assert.False((await _dingTalk.Pusher.PushEndedAsync(conference.Id, Nowhere, Cancellation)).Delivered);
        }
    }

    /// <summary>Lets meetings end which DingTalk fails until they are poisoned, and then fails no more.</summary>
    public async Task PoisonMeetingsAsync()
    {
        await using var host = await StartHostAsync();
        SimulatedConference[] conferences = [.. Enumerable.Range(0, 3).Select(_ => Doom(Doomed.Ending.Manifest, ("systemError", FaultsUntilPoisoned)))];
        await Task.WhenAll(conferences.Select(PushUntilAcceptedAsync));
        await SettleAsync();
        Assert.Equal(conferences.Length, _serviceBus.CountsOf(Pipeline.PoisonQueue).Active);
    }

    /// <summary>Asks the host to replay every poisoned message until it dies over it. What another one held is locked for a while yet.</summary>
    public async Task ReplayUntilGoneAsync()
    {
        while (await ReplayAsync())
        {
            await Task.Delay(PollInterval, Cancellation);
        }
    }

    /// <summary>Asks the host to replay every poisoned message. It may die over it.</summary>
    /// <returns>Whether it has answered.</returns>
    public async Task<bool> ReplayAsync()
    {
        try
        {
            using var body = new StringContent("""{"all":true}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await _operator.PostAsync(new Uri(_dingTalk.Pusher.CallbackUrl!, "../poison/replay"), body, Cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"The replay is answered {answer.StatusCode}.");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Has everything replayed, what a dead host held locked included.</summary>
    public async Task ReplayAllAsync()
    {
        while (_serviceBus.CountsOf(Pipeline.PoisonQueue) is not { Active: 0, Locked: 0 })
        {
            await ReplayAsync();
            await Task.Delay(PollInterval, Cancellation);
        }
    }

    /// <summary>Waits until everything that was pushed has been accepted and nothing is left to do.</summary>
    public async Task SettleAsync()
    {
        await Task.WhenAll(_pushes);
        while (_serviceBus.CountsOf(Pipeline.Queue) is not { Active: 0, Locked: 0, Scheduled: 0 })
        {
            await Task.Delay(PollInterval, Cancellation);
        }
    }

    /// <summary>Waits until every push that has failed so far has been swept: two further reads of the list are over, or begun.</summary>
    public async Task UntilSweptAsync()
    {
        for (var enough = CountSweeps() + 2; CountSweeps() < enough;)
        {
            await Task.Delay(PollInterval, Cancellation);
        }

        int CountSweeps() => _dingTalk.Ledger.Calls.Count(static call => call is { Operation: ApiOperation.FailedPushes, Code: ApiCall.Ok });
    }

    /// <summary>What no host may print: every secret that it was given, and the access token that it got for them.</summary>
    public async Task<IReadOnlyList<string>> SecretsAsync()
    {
        using var answer = await _operator.PostAsJsonAsync(
            new Uri(_dingTalk.BaseAddress, "v1.0/oauth2/accessToken"),
            new { appKey = DevelopmentCredentials.AppKey, appSecret = DevelopmentCredentials.AppSecret },
            Cancellation);
        using var body = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Cancellation));
        return
        [
            DevelopmentCredentials.AppSecret,
            DevelopmentCredentials.CallbackToken,
            DevelopmentCredentials.EncodingAesKey,
            "SharedAccessKey=",
            "AccountKey=",
            body.RootElement.GetProperty("accessToken").GetString()!,
        ];
    }

    /// <summary>Every conference has come to its one end, and to no other.</summary>
    public async Task AssertOneEndEachAsync()
    {
        await using var client = new ServiceBusClient(_serviceBus.ConnectionString);
        var poisoned = await ConferencesInAsync(client, Pipeline.PoisonQueue, SubQueue.None);
        var dead = await ConferencesInAsync(client, Pipeline.Queue, SubQueue.DeadLetter);
        foreach (var (conference, end) in _doomed)
        {
            var blob = _manifests.GetBlobClient($"{conference.Id}.json");
            Assert.Equal(end == Doomed.Ending.Manifest, (await blob.ExistsAsync(Cancellation)).Value);
            Assert.Equal(end == Doomed.Ending.Poison ? 1 : 0, poisoned[conference.Id].Count());
            Assert.Equal(end == Doomed.Ending.DeadLetter ? ["permissionError"] : [], dead[conference.Id].Select(static message => message.DeadLetterReason));
            if (end == Doomed.Ending.Manifest)
            {
                var manifest = (await blob.DownloadContentAsync(Cancellation)).Value;
                Assert.Equal(ExpectedManifest.Of(conference.Id, conference.EndedAt, conference.Videos), manifest.Content.ToArray());
                Assert.Equal("1", manifest.Details.Metadata[ManifestMetadata.Revision]);
            }
        }

        Assert.Equal(_doomed.Count(static one => one.End == Doomed.Ending.Poison), poisoned.Count);
        Assert.Equal(_doomed.Count(static one => one.End == Doomed.Ending.DeadLetter), dead.Count);
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _dingTalk.DisposeAsync();
        await _serviceBus.DisposeAsync();
        await _manifests.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    private static async Task<ILookup<string, ServiceBusReceivedMessage>> ConferencesInAsync(ServiceBusClient client, string queue, SubQueue subQueue)
    {
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = subQueue });
        var messages = await receiver.PeekMessagesAsync(100, cancellationToken: Cancellation);
        return messages.ToLookup(static message => ConferenceMessageJson.TryDeserialize(message.Body, out var conference) is null ? conference.ConferenceId : "");
    }

    private SimulatedConference[] DoomAll() =>
    [
        Doom(Doomed.Ending.Manifest),
        Doom(Doomed.Ending.Manifest),
        Doom(Doomed.Ending.Manifest, ("cloudRecordNotFound", 1)),
        Doom(Doomed.Ending.Poison, ("systemError", int.MaxValue)),
        Doom(Doomed.Ending.Poison, ("unknownError", int.MaxValue)),
        Doom(Doomed.Ending.DeadLetter, ("permissionError", int.MaxValue)),
    ];

    private SimulatedConference Doom(Doomed.Ending end, params (string Code, int Times)[] script)
    {
        var conference = _dingTalk.Tenant.AddConference();
        foreach (var (code, times) in script)
        {
            conference.Script.Add(ScriptedAnswer.ApiError.Of(code), times);
        }

        _doomed.Add(new Doomed(conference, end));
        return conference;
    }

    private async Task PushUntilAcceptedAsync(SimulatedConference conference)
    {
        while (!(await _dingTalk.Pusher.PushEndedAsync(conference.Id, cancellationToken: Cancellation)).Delivered)
        {
            await Task.Delay(PollInterval, Cancellation);
        }
    }
}
