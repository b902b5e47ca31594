using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Models;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests.Recovery;

public sealed partial class When_somebody_looks_for_secrets(AzuriteFixture azurite)
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

    [Fact]
    public async Task No_log_span_message_blob_or_answer_holds_the_signature_of_a_files_URL()
    {
        var seen = new ConcurrentQueue<string>();
        using var logs = new QueueLoggerProvider(seen);
        using var spans = ListenTo(seen);
        await using var pipeline = await Pipeline.StartAsync(
            azurite,
            logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace),
            ("Archive__Enabled", "true"),
            ("Transcripts__Enabled", "true"));

        var conferences = await ArchiveWellAndBadlyAsync(pipeline);
        foreach (var (queue, part) in ((string, SubQueue)[])
            [
                (Pipeline.Queue, SubQueue.DeadLetter), (Pipeline.PoisonQueue, SubQueue.None),
                (Pipeline.RecordingQueue, SubQueue.None), (Pipeline.RecordingQueue, SubQueue.DeadLetter),
            ])
        {
            foreach (var message in await pipeline.PeekAsync(queue, part))
            {
                seen.Enqueue($"{message.MessageId} {message.Body} {message.DeadLetterReason} {message.DeadLetterErrorDescription} {string.Join(' ', message.ApplicationProperties)}");
            }
        }

        foreach (var prefix in conferences.SelectMany(static one => new[] { $"{one.Id}/", $"transcripts/{one.Id}" }))
        {
            await foreach (var blob in pipeline.Archive.GetBlobsAsync(BlobTraits.All, BlobStates.None, prefix, Cancellation))
            {
                var content = await pipeline.Archive.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation);
                seen.Enqueue($"{blob.Name} {string.Join(' ', blob.Metadata)} {string.Join(' ', blob.Tags ?? new Dictionary<string, string>())} {content.Value.Content}");
            }
        }

        foreach (var conference in conferences)
        {
            seen.Enqueue((await pipeline.ManifestAsync(conference.Id)).Content.ToString());
            await AskAsync(pipeline, seen, HttpMethod.Get, $"recordings/{conference.Id}");
        }

        await AskAsync(pipeline, seen, HttpMethod.Get, "poison?source=recordings");
        await AskAsync(pipeline, seen, HttpMethod.Post, "poison/replay", """{"source":"recordings","all":true,"dryRun":true}""");
        await AskAsync(pipeline, seen, HttpMethod.Get, "overview");

        // Guards against a run in which nothing happened, and against signatures of another look.
        Assert.Matches(Signature(), await PlayInfoAsync(pipeline, conferences[0]));
        foreach (var proof in (string[])["archived (", "sourceRefused", "sourceNotAllowed", "source.redirects", "source.silent", "source.noMedia", "dingtalk PlayInfos"])
        {
            Assert.True(seen.Any(text => text.Contains(proof, StringComparison.OrdinalIgnoreCase)), $"Nothing says {proof}.");
        }

        Assert.DoesNotContain(seen, static text => Signature().IsMatch(text) || text.Contains("auth_key", StringComparison.OrdinalIgnoreCase));

        // A link is for whoever asks, and for nobody who reads the log.
        var before = seen.Count;
        var links = new ConcurrentQueue<string>();
        await AskAsync(pipeline, links, HttpMethod.Get, $"recordings/{conferences[0].Id}?link=true");
        var signature = Regex.Match(Assert.Single(links), "sig=([^&\"\\\\]+)").Groups[1].Value;
        Assert.True(signature.Length > 20, "There is no link.");
        Assert.True(seen.Count > before);
        Assert.DoesNotContain(seen, text => text.Contains(signature, StringComparison.Ordinal)
            || text.Contains(Uri.UnescapeDataString(signature), StringComparison.Ordinal));
    }

    // What stands behind auth_key= in every URL of a file that the simulator has ever given out.
    [GeneratedRegex(@"\d{9,}-[0-9a-f]{16}-0-[0-9a-f]{32}", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();

    // The simulator runs in this process too, and what it serves is not what is looked at.
    private static ActivityListener ListenTo(ConcurrentQueue<string> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => !source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue(
                $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} "
                + $"{string.Join(' ', activity.Baggage)} {string.Join(' ', activity.Events.SelectMany(static one => one.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<IReadOnlyList<SimulatedConference>> ArchiveWellAndBadlyAsync(Pipeline pipeline)
    {
        const int Forever = int.MaxValue;
        var elsewhere = new Uri($"http://203.0.113.7/a.mp4?auth_key=1799999999-0123456789abcdef-0-{new string('a', 32)}");
        SimulatedConference[] conferences =
        [
            Add(static _ => { }),
            Add(static media => media.Add(ScriptedAnswer.Raw.Html(403), Forever)),
            Add(static media => media.Add(ScriptedAnswer.Raw.Html(200), Forever)),
            Add(static media => media.Add(new ScriptedAnswer.Redirect(null), Forever)),
            Add(media => media.Add(new ScriptedAnswer.Redirect(elsewhere), Forever)),
            Add(static media => media.Add(new ScriptedAnswer.Reset(), 3).Add(new ScriptedAnswer.Expired(), 1).Add(new ScriptedAnswer.BrokenOff(), 1)),
            // Longer than a source may be silent.
            Add(static media => media.Add(new ScriptedAnswer.Usual { Delay = TimeSpan.FromSeconds(31) })),
        ];
        foreach (var conference in conferences)
        {
            await pipeline.PushEndedAsync(conference);
        }

        await pipeline.DingTalk.Pusher.PushAsync(PushedEvent.SummaryGenerated, conferences[0].Id, cancellationToken: Cancellation);
        await pipeline.DrainArchiveAsync(toCome: 1);
        return conferences;

        SimulatedConference Add(Action<AnswerScript> script)
        {
            var conference = pipeline.DingTalk.Tenant.AddConference(new MeetingPlan { Videos = 1, VideoBytes = 100_000 });
            script(conference.MediaScript);
            return conference;
        }
    }

    private static async Task<string> PlayInfoAsync(Pipeline pipeline, SimulatedConference conference)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-acs-dingtalk-access-token", await TokenAsync(pipeline));
        var (video, user) = (conference.Videos[0], conference.UnionIds[0]);
        return await http.GetStringAsync(
            new Uri(
                pipeline.DingTalk.BaseAddress,
                $"v1.0/conference/videoConferences/{conference.Id}/cloudRecords/videos/getPlayInfos"
                + $"?unionId={user}&mediaId={video.MediaId}&regionId={video.RegionId}"),
            Cancellation);
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
