using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Models;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests.Recovery;

public sealed class When_somebody_looks_for_secrets(AzuriteFixture azurite)
{
    private const string Title = "Confidential takeover talks";
    private const string RoomCode = "987654321";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_log_line_property_answer_or_blob_holds_one()
    {
        var (seen, logged) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        using var logs = new QueueLoggerProvider(logged);
        await using var pipeline = await Pipeline.StartAsync(azurite, logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Debug));

        await RunThroughEverythingAsync(pipeline, seen);
        var token = await TokenAsync(pipeline);
        foreach (var message in (IEnumerable<ServiceBusReceivedMessage>)[.. await pipeline.PeekAsync(Pipeline.PoisonQueue), .. await pipeline.PeekAsync(Pipeline.Queue, SubQueue.DeadLetter)])
        {
            seen.Enqueue($"{message.Body}");
            logged.Enqueue($"{message.Subject} {message.DeadLetterErrorDescription} {string.Join(' ', message.ApplicationProperties)}");
        }

        await foreach (var blob in pipeline.Manifests.GetBlobsAsync(BlobTraits.All, BlobStates.None, null, Cancellation))
        {
            var content = await pipeline.Manifests.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation);
            seen.Enqueue($"{content.Value.Content}");
            logged.Enqueue($"{blob.Name} {string.Join(' ', blob.Metadata)} {string.Join(' ', blob.Tags)}");
        }

        // Guards against a run in which nothing happened.
        Assert.Contains(logged, static text => text.Contains("is poisoned", StringComparison.Ordinal));
        Assert.Contains(logged, static text => text.Contains("is dead-lettered", StringComparison.Ordinal));
        Assert.Contains(seen, static text => text.Contains("\"schemaVersion\"", StringComparison.Ordinal));
        foreach (var secret in (string[])
            [
                DevelopmentCredentials.AppSecret, DevelopmentCredentials.CallbackToken, DevelopmentCredentials.EncodingAesKey, token,
                pipeline.Keys.Sender, pipeline.Keys.Operator, pipeline.Keys.Master, "SAS_KEY_VALUE",
                azurite.ConnectionString.Split("AccountKey=")[1].Split(';')[0],
            ])
        {
            Assert.True(secret.Length > 8, "A secret this short would be found by accident.");
            Assert.DoesNotContain(seen.Concat(logged), text => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        // What is personal is in messages and manifests, and in no line, name, property or tag.
        Assert.Contains(seen, static text => text.Contains(Title, StringComparison.Ordinal));
        foreach (var personal in (string[])[Title, RoomCode])
        {
            Assert.DoesNotContain(logged, text => text.Contains(personal, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static async Task RunThroughEverythingAsync(Pipeline pipeline, ConcurrentQueue<string> seen)
    {
        var good = pipeline.DingTalk.Tenant.AddConference(new MeetingPlan { Title = Title, RoomCode = RoomCode });
        await pipeline.PushEndedAsync(good);
        await pipeline.ManifestAsync(good.Id);

        var rejected = pipeline.DingTalk.Tenant.AddConference(new MeetingPlan { Title = Title, RoomCode = RoomCode });
        rejected.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"), int.MaxValue);
        await pipeline.PushEndedAsync(rejected);
        await pipeline.UntilDeadLetteredAsync(1);

        // A refused token, a broken connection, a page of HTML: every kind of failure has words of its own.
        pipeline.DingTalk.Tenant.RevokeTokens();
        var failing = pipeline.DingTalk.Tenant.AddConference(new MeetingPlan { Title = Title, RoomCode = RoomCode });
        failing.Script.Add(new ScriptedAnswer.Reset(), 3).Add(ScriptedAnswer.Raw.Html(502), 3).Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);
        await pipeline.PushEndedAsync(failing);
        await pipeline.DrainAsync();

        await AskAsync(pipeline, seen, HttpMethod.Post, "dingtalk/events?msg_signature=0&timestamp=0&nonce=n", """{"encrypt":"AAAA"}""");
        await AskAsync(pipeline, seen, HttpMethod.Post, "meetings/ended", """[{"conferenceId":"a/b"}]""");
        await AskAsync(pipeline, seen, HttpMethod.Get, "poison");
        await AskAsync(pipeline, seen, HttpMethod.Get, "poison?source=deadletter");
        await AskAsync(pipeline, seen, HttpMethod.Post, "poison/replay", """{"all":true,"dryRun":true}""");
        await AskAsync(pipeline, seen, HttpMethod.Get, "manifests");
        await AskAsync(pipeline, seen, HttpMethod.Get, $"manifests/{good.Id}");
        await AskAsync(pipeline, seen, HttpMethod.Get, "health/ready");
    }

    private static async Task AskAsync(Pipeline pipeline, ConcurrentQueue<string> seen, HttpMethod method, string route, string? json = null)
    {
        using var request = new HttpRequestMessage(method, route);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await pipeline.Operator.SendAsync(request, Cancellation);
        seen.Enqueue($"{answer.Headers} {answer.Content.Headers} {await answer.Content.ReadAsStringAsync(Cancellation)}");
    }

    // An internal app that asks again gets the token that holds.
    private static async Task<string> TokenAsync(Pipeline pipeline)
    {
        using var http = new HttpClient();
        using var content = new StringContent(
            $$"""{"appKey":"{{DevelopmentCredentials.AppKey}}","appSecret":"{{DevelopmentCredentials.AppSecret}}"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(pipeline.DingTalk.BaseAddress, "v1.0/oauth2/accessToken"), content, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("accessToken").GetString()!;
    }

    private sealed class QueueLoggerProvider(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
