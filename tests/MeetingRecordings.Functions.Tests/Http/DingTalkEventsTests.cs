using MeetingRecordings.Functions.Http;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Tests.Telemetry;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Tests.Http;

public sealed class DingTalkEventsTests : HttpTest
{
    private const string Token = "tokenxxxx";
    private const string OwnerKey = "dingxxxxxx";
    private const string Closed =
        """{"EventType":"meeting_status_change","EventTime":1795420800000,"CorpId":"corp-1","eventId":"e-1","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1","creatorId":"union-1"}}""";

    private static readonly CallbackCipher Cipher = new("o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus");

    private readonly ListLogger<DingTalkEvents> _logger = new();

    [Fact]
    public async Task A_closed_conference_is_enqueued_and_answered_with_the_encrypted_success()
    {
        var (status, body) = await PostAsync(Push(Closed));

        Assert.Equal(200, status);
        Assert.Equal("success", Decrypt(body.RootElement));
        var sent = Assert.Single(Sent);
        Assert.Equal("conf-1:ended", sent.MessageId);
        Assert.Equal("fallback", sent.ApplicationProperties["ended-at-source"]);
        Assert.True(ConferenceMessageJson.Parse(sent.Body).Succeeded(out var message, out _));
        Assert.Equal(new ConferenceMessage("conf-1", "union-1", "corp-1", Now, Trigger.MeetingEnded), message);
    }

    [Theory]
    [InlineData("""{"EventType":"check_url"}""")]
    [InlineData("""{"EventType":"meeting_status_change","changeScene":"conference_created","openConfModel":{"conferenceId":"conf-1","status":1}}""")]
    [InlineData("""{"EventType":"user_add_org","UserId":["a"]}""")]
    public async Task An_event_that_is_not_for_us_is_answered_with_success_and_ignored(string json)
    {
        var (status, body) = await PostAsync(Push(json));

        Assert.Equal(200, status);
        Assert.Equal("success", Decrypt(body.RootElement));
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task A_send_that_fails_is_answered_503_so_that_DingTalk_pushes_again()
    {
        SendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        Assert.Equal(503, (await PostAsync(Push(Closed))).Status);
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"EventType":"meeting_status_change","changeScene":"conference_closed"}""")]
    [InlineData("""{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"../../etc"}}""")]
    [InlineData("""{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":"no object"}""")]
    public async Task Junk_in_a_valid_envelope_is_answered_400_and_not_enqueued(string plaintext)
    {
        var (status, body) = await PostAsync(Push(plaintext));

        Assert.Equal(400, status);
        Assert.NotEqual("", body.RootElement.GetProperty("field").GetString());
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task A_wrong_signature_a_wrong_key_and_a_wrong_owner_are_refused_alike()
    {
        var forged = Push(Closed);
        forged.QueryString = new QueryString(forged.QueryString.Value!.Replace("msg_signature=", "msg_signature=0", StringComparison.Ordinal));
        HttpRequest[] refused =
        [
            forged,
            Push(Closed, cipher: new CallbackCipher("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij")),
            Push(Closed, ownerKey: "somebody-else"),
            Push(Closed, token: "another"),
        ];

        var answers = new List<string>();
        foreach (var request in refused)
        {
            var (status, body) = await PostAsync(request);
            answers.Add($"{status} {JsonSerializer.Serialize(body)}");
        }

        Assert.StartsWith("403 ", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        Assert.Empty(Sent);
    }

    [Theory]
    [InlineData(-601)]
    [InlineData(601)]
    public async Task A_push_from_another_time_is_refused(int seconds)
    {
        var (status, body) = await PostAsync(Push(Closed, sentAt: Now.AddSeconds(seconds)));

        Assert.Equal((403, "timestamp"), (status, body.RootElement.GetProperty("field").GetString()));
        Assert.Empty(Sent);
    }

    [Theory]
    [InlineData("""{"encrypt":"not base64!"}""", "encrypt")]
    [InlineData("""{"encrypt":"AAAA"}""", "encrypt")]
    [InlineData("""{"encrypt":""}""", "encrypt")]
    [InlineData("""{"encrypt":7}""", "encrypt")]
    [InlineData("{}", "encrypt")]
    [InlineData("no json", "encrypt")]
    public async Task A_body_that_holds_no_cipher_text_is_answered_400_naming_the_field(string json, string field)
    {
        var (status, body) = await PostAsync(Request(Encoding.UTF8.GetBytes(json), "?msg_signature=s&timestamp=1795420800000&nonce=n"));

        Assert.Equal(400, status);
        Assert.Equal(field, body.RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("?timestamp=1795420800000&nonce=n", "msg_signature")]
    [InlineData("?msg_signature=s&nonce=n", "timestamp")]
    [InlineData("?msg_signature=s&timestamp=noon&nonce=n", "timestamp")]
    [InlineData("?msg_signature=s&timestamp=1795420800000", "nonce")]
    public async Task A_query_that_lacks_something_is_answered_400_naming_it(string query, string field)
    {
        var (status, body) = await PostAsync(Request("""{"encrypt":"AAAA"}"""u8.ToArray(), query));

        Assert.Equal(400, status);
        Assert.Equal(field, body.RootElement.GetProperty("field").GetString());
    }

    public static TheoryData<HttpRequest, string, string?> Counted => new()
    {
        { Push(Closed), "enqueued", "Information: Conference conf-1 is enqueued: MeetingEnded" },
        { Push("""{"EventType":"check_url"}"""), "ignored", "Debug: Event check_url is not about a recording; answered and ignored" },
        { Push("{}"), "malformed", "Error: An event of DingTalk's is lost to this app: its field EventType is unusable; expected the event's name" },
        { Request(Encoding.UTF8.GetBytes("{}"), "?msg_signature=s&timestamp=1795420800000&nonce=n"), "malformed", null },
        { Push(Closed, sentAt: Now.AddSeconds(-601)), "stale", null },
        { Push(Closed, token: "another"), "notProved", null },
    };

    [Theory]
    [MemberData(nameof(Counted), DisableDiscoveryEnumeration = true)]
    public async Task What_became_of_a_push_is_counted_and_told(HttpRequest push, string outcome, string? line)
    {
        using var seen = new SeenTelemetry();

        await PostAsync(push);

        Assert.Equal([(1, $"outcome={outcome}")], seen.Notifications);
        seen.SpanOf("receive push");
        Assert.Equal(line is null ? [] : [line], _logger.Lines);
    }

    [Fact]
    public async Task A_push_that_is_not_kept_is_counted_and_told()
    {
        SendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);
        using var seen = new SeenTelemetry();

        await PostAsync(Push(Closed));

        Assert.Equal([(1, "outcome=notEnqueued")], seen.Notifications);
        Assert.StartsWith("Error: A push with 1 events could not be kept", Assert.Single(_logger.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_64_KB_is_answered_413()
        => Assert.Equal(413, (await PostAsync(Request(new byte[64 * 1024 + 1]))).Status);

    private static HttpRequest Push(
        string plaintext,
        CallbackCipher? cipher = null,
        string ownerKey = OwnerKey,
        string token = Token,
        DateTimeOffset? sentAt = null)
    {
        var encrypted = (cipher ?? Cipher).Encrypt(Encoding.UTF8.GetBytes(plaintext), ownerKey);
        var timestamp = (sentAt ?? Now).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = CallbackSignature.Sign(token, timestamp, "nonce-1", encrypted);
        return Request(
            JsonSerializer.SerializeToUtf8Bytes(new { encrypt = encrypted }),
            $"?msg_signature={signature}&timestamp={timestamp}&nonce=nonce-1");
    }

    private static string Decrypt(JsonElement answer)
    {
        string Field(string name) => answer.GetProperty(name).GetString()!;
        Assert.True(CallbackSignature.Verify(Field("msg_signature"), Token, Field("timeStamp"), Field("nonce"), Field("encrypt")));
        var plaintext = Cipher.TryDecrypt(Field("encrypt"))!;
        Assert.Equal(OwnerKey, plaintext.OwnerKey);
        return Encoding.UTF8.GetString(plaintext.Message.Span);
    }

    private async Task<(int Status, JsonDocument Body)> PostAsync(HttpRequest request)
    {
        var reader = new CallbackVerifier([new CallbackKeys(Token, Cipher, OwnerKey)], TimeSpan.FromMinutes(10), Clock);
        var function = new DingTalkEvents(reader, new PushIntake(Queue, Tickets, Clock, _logger), Clock);
        return await ExecuteAsync(await function.RunAsync(request, TestContext.Current.CancellationToken), "DingTalkEvents");
    }
}
