using MeetingRecordings.Functions.Http;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Tests.Queues;
using MeetingRecordings.Notifications.Plain;
using MeetingRecordings.Tests.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace MeetingRecordings.Functions.Tests.Http;

/// <summary>Plain notifications where senders have a secret, and those that come as CloudEvents.</summary>
public sealed class SignedNotificationsTests : HttpTest
{
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string One = """{"conferenceId":"conf-1"}""";
    private const string Event = """{"specversion":"1.0","id":"e-1","source":"/meetings","type":"ended","data":{"conferenceId":"conf-1"}}""";

    [Fact]
    public async Task A_signed_request_is_accepted_and_its_id_is_its_idempotency_key()
    {
        Assert.Equal(202, (await PostAsync(Signed(One))).Status);
        Assert.Equal(202, (await PostAsync(Signed(One))).Status);
        Assert.Equal(202, (await PostAsync(Signed(One, id: "msg-2"))).Status);

        Assert.Equal(Sent[0].MessageId, Sent[1].MessageId);
        Assert.NotEqual(Sent[0].MessageId, Sent[2].MessageId);
    }

    [Fact]
    public async Task An_Idempotency_Key_comes_before_the_id()
    {
        var (first, second) = (Signed(One, id: "msg-1"), Signed(One, id: "msg-2"));
        first.Headers["Idempotency-Key"] = second.Headers["Idempotency-Key"] = "key-1";
        await PostAsync(first);
        await PostAsync(second);

        Assert.Equal(Sent[0].MessageId, Sent[1].MessageId);
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public async Task A_request_without_one_of_the_headers_is_answered_400_naming_it(string header)
    {
        var request = Signed(One);
        request.Headers.Remove(header);
        using var seen = new SeenTelemetry();
        var (status, body) = await PostAsync(request);

        Assert.Equal(400, status);
        Assert.Equal([(1, "outcome=malformed")], seen.Notifications);
        Assert.Equal(header, body.RootElement.GetProperty("field").GetString());
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task A_wrong_signature_and_another_time_are_answered_403()
    {
        var forged = Signed(One);
        forged.Headers["webhook-signature"] = "v1,AAAA";

        using var seen = new SeenTelemetry();
        Assert.Equal(403, (await PostAsync(forged)).Status);
        Assert.Equal(403, (await PostAsync(Signed(One, seconds: -601))).Status);
        var (status, body) = await PostAsync(Signed(One, seconds: 601));
        Assert.Equal((403, "webhook-timestamp"), (status, body.RootElement.GetProperty("field").GetString()));
        Assert.Empty(Sent);
        Assert.Equal(["outcome=notProved", "outcome=stale", "outcome=stale"], seen.Notifications.Select(static n => n.Tags));
    }

    [Theory]
    [InlineData("application/cloudevents+json", Event)]
    [InlineData("application/cloudevents+json; charset=utf-8", Event)]
    [InlineData("Application/CloudEvents+JSON", Event)]
    [InlineData("application/cloudevents-batch+json", $"[{Event},{Event}]")]
    [InlineData("application/cloudevents-batch+json; charset=utf-8", $"[{Event}]")]
    public async Task CloudEvents_are_accepted_structured_and_in_batches(string contentType, string json)
    {
        var (status, body) = await PostUnsignedAsync(Request(Encoding.UTF8.GetBytes(json), contentType: contentType));

        Assert.Equal(202, status);
        Assert.Equal(Sent.Count, body.RootElement.GetProperty("accepted").GetArrayLength());
        Assert.Single(Sent.Select(static m => m.MessageId).Distinct());
    }

    [Fact]
    public async Task A_CloudEvent_in_the_binary_mode_has_the_message_id_of_the_structured_one()
    {
        var binary = Request(Encoding.UTF8.GetBytes(One), contentType: "Application/JSON; charset=utf-8");
        binary.Headers["ce-specversion"] = "1.0";
        binary.Headers["Ce-Id"] = "e-1";
        binary.Headers["CE-SOURCE"] = "%2Fmeetings";
        binary.Headers["ce-type"] = "ended";
        await PostUnsignedAsync(binary);
        await PostUnsignedAsync(Request(Encoding.UTF8.GetBytes(Event), contentType: "application/cloudevents+json"));

        Assert.Equal(Sent[0].MessageId, Sent[1].MessageId);
    }

    [Fact]
    public async Task A_CloudEvent_in_the_binary_mode_that_lacks_a_header_is_answered_400_naming_it()
    {
        var binary = Request(One);
        binary.Headers["ce-id"] = "e-1";
        var (status, body) = await PostUnsignedAsync(binary);

        Assert.Equal(400, status);
        Assert.Equal("ce-specversion", body.RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_signed_CloudEvent_is_accepted()
    {
        var request = Signed(Event);
        request.ContentType = "application/cloudevents+json";

        Assert.Equal(202, (await PostAsync(request)).Status);
    }

    [Fact]
    public async Task A_queue_that_is_slow_is_waited_for_up_to_ten_seconds()
    {
        var held = new HeldSender();
        var queue = new ConferenceQueue(new BatchingSender(held.Sender, Clock), Clock);
        var inTime = PostUnsignedAsync(Request(One), queue);
        var send = await held.NextAsync();
        Clock.Advance(NotificationIntake.EnqueueDeadline - TimeSpan.FromMilliseconds(1));
        send.Succeed();
        Assert.Equal(202, (await inTime).Status);

        var late = PostUnsignedAsync(Request(One), queue);
        await held.NextAsync();
        Clock.Advance(NotificationIntake.EnqueueDeadline);
        Assert.Equal(503, (await late).Status);
    }

    private static HttpRequest Signed(string json, string id = "msg-1", int seconds = 0)
    {
        var request = Request(json);
        var timestamp = Now.AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{json}"));
        request.Headers["webhook-id"] = id;
        request.Headers["webhook-timestamp"] = timestamp;
        request.Headers["webhook-signature"] = $"v1,{Convert.ToBase64String(mac)}";
        return request;
    }

    private Task<(int Status, JsonDocument Body)> PostAsync(HttpRequest request) => PostAsync(request, [WebhookSecret.Parse($"whsec_{Secret}")], Queue);

    private Task<(int Status, JsonDocument Body)> PostUnsignedAsync(HttpRequest request, ConferenceQueue? queue = null) => PostAsync(request, [], queue ?? Queue);

    private async Task<(int Status, JsonDocument Body)> PostAsync(HttpRequest request, WebhookSecret[] secrets, ConferenceQueue queue)
    {
        var function = new MeetingsEnded(new WebhookVerifier(secrets, TimeSpan.FromMinutes(10), Clock), new NotificationIntake(queue, NullLogger<MeetingsEnded>.Instance));
        return await ExecuteAsync(await function.RunAsync(request, TestContext.Current.CancellationToken), "MeetingsEnded");
    }
}
