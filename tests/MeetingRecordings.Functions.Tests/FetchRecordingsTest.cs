using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Telemetry;
using MeetingRecordings.Manifests;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace MeetingRecordings.Functions.Tests;

/// <summary>The queue function with DingTalk and Service Bus as a test wants them, and no waits but the ladders'.</summary>
public abstract class FetchRecordingsTest
{
    private protected const string Message = """{"conferenceId":"conf-1","unionId":"union-1","trigger":"meetingEnded"}""";
    private protected static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly ListLogger<FetchRecordings> _looks = new();
    private readonly ListLogger<MessageSettlement> _settlements = new();

    private protected IReadOnlyList<string> LogLines => [.. _looks.Lines, .. _settlements.Lines];

    private protected FetchRecordings Create(Func<HttpRequestMessage, HttpResponseMessage> dingTalk, SenderDouble serviceBus)
    {
        var clock = new FakeTimeProvider(Now);
        var options = new DingTalkOptions(new Uri("http://dingtalk.test"), "key", "secret") { QuickRetries = 0 };
        var http = new DingTalkHttp(AnsweringHandler.CreateClient(dingTalk), options, clock);
        var policy = new RecoveryPolicy(new RecoveryOptions());
        var manifests = new ManifestKeeper(Mock.Of<IManifestStore>(), clock);
        var finder = new RecordingFinder(
            new DingTalkClient(http, new AccessTokens(http, options, clock)),
            manifests,
            Mock.Of<IConferenceMessages>(),
            policy,
            new CallBudget(null, null!, clock),
            clock);
        var recordings = new RecordingQueue(serviceBus.Sender, clock);
        var settlement = new MessageSettlement(
            QueueOver.Sender(serviceBus.Sender, clock), new PoisonQueue(serviceBus.Sender, clock), recordings, clock, _settlements);
        var archive = new ArchiveRequests(recordings, new ArchiveSwitch(Files: false, Transcripts: false), clock);
        return new FetchRecordings(finder, manifests, archive, policy, settlement, new LookLog(_looks), clock, new NoJitter());
    }

    private protected static bool IsTokenRequest(HttpRequestMessage request) => request.RequestUri!.AbsolutePath == "/v1.0/oauth2/accessToken";

    private protected static HttpResponseMessage Token() => AnsweringHandler.Json("""{"accessToken":"token-1","expireIn":7200}""");

    private sealed class NoJitter : Random
    {
        public override double NextDouble() => 0;
    }
}
