using System.Globalization;
using System.Text;
using CsCheck;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Plain;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MeetingRecordings.Functions.Tests.Http;

/// <summary>
/// Whatever is sent to the two webhooks: no exception, no answer but those that the OpenAPI document describes, no log line that
/// could be forged. CsCheck_Time=60 in the environment makes each run for 60 s instead of a number of samples.
/// </summary>
public sealed class NotificationFuzzTests : HttpTest
{
    private const int Samples = 3000;
    private const string Token = "tokenxxxx";
    private const string OwnerKey = "dingxxxxxx";

    private static readonly CallbackCipher Cipher = new("o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus");

    private static readonly string[] Events =
    [
        """{"EventType":"check_url"}""",
        """{"EventType":"a\r\nFATAL b"}""",
        """{"EventType":"meeting_status_change","EventTime":1795420800000,"CorpId":"corp-1","eventId":"e-1","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1","creatorId":"union-1"}}""",
        """{"EventType":"flash_minutes_open_event","bizType":"cloud_record","minutesEventType":"video_generated","openConfModel":{"conferenceId":"conf-1"}}""",
        """{"EventType":"SYNC_HTTP_PUSH_MEDIUM","bizData":[{"biz_type":225,"corp_id":"c","biz_data":"{\"syncAction\":\"meeting_status_change\",\"changeScene\":\"conference_closed\",\"openConfModel\":{\"conferenceId\":\"conf-2\"}}"},{"biz_type":2,"biz_data":"{\"suiteTicket\":\"t\"}"}]}""",
        """{"EventType":"suite_ticket","SuiteKey":"suite-1","SuiteTicket":"t","TimeStamp":"1795420800000"}""",
    ];

    private static readonly string[] Notifications =
    [
        """{"conferenceId":"conf-1","unionId":"u","corpId":"c","endedAt":"2026-11-23T09:00:00+01:00"}""",
        """[{"conferenceId":"conf-1"},{"conferenceId":"/"},7]""",
        """{"specversion":"1.0","id":"e-1","source":"/meetings","type":"ended","time":"2026-11-23T08:00:00Z","data":{"conferenceId":"conf-1"}}""",
        """[{"specversion":"1.0","id":"e-1","source":"/meetings","type":"ended","datacontenttype":"application/json","data_base64":"eyJjb25mZXJlbmNlSWQiOiJjb25mLTEifQ=="}]""",
    ];

    private static readonly Gen<string> HeaderValue = Gen.Frequency(
        (3, Gen.OneOf("1.0", "e-1", "/meetings", "ended", "2026-11-23T08:00:00Z", "noon", "%2Fmeetings", "%", "%zz", "%ff", "\"quoted", "\"a\\", "\ud800", "")),
        (1, Gen.String),
        (1, Gen.String.AlphaNumeric));

    private static readonly Gen<string> ContentType = Gen.Frequency(
        (4, Gen.OneOf("application/json", "application/cloudevents+json", "application/cloudevents-batch+json", "application/json; charset=utf-8")),
        (1, Gen.OneOf("", "json", "text/plain", "application/", "application/x+json;;", "application/cloudevents+xml", "*/*")),
        (1, Gen.String));

    private readonly ListLogger<DingTalkEvents> _pushLines = new();
    private readonly ListLogger<MeetingsEnded> _plainLines = new();

    [Fact]
    public async Task Any_plaintext_in_a_proved_push_is_answered_in_order()
    {
        await FuzzedInput.Near(Events).SampleAsync(
            async plaintext =>
            {
                var encrypted = Cipher.Encrypt(plaintext, OwnerKey);
                var status = await PushAsync(Encoding.UTF8.GetBytes($$"""{"encrypt":"{{encrypted}}"}"""), SignedQuery(encrypted), "application/json");
                Assert.True(status is 200 or 400, $"{status}");
            },
            iter: Samples);
        AssertLines(_pushLines.Entries.Select(static line => (line.Text, line.Exception)));

    }

    [Fact]
    public async Task Any_body_query_and_content_type_of_a_push_is_answered_in_order_and_proves_nothing()
    {
        var good = $$"""{"encrypt":"{{Cipher.Encrypt("{}"u8, OwnerKey)}}"}""";
        var query = Gen.Select(Gen.OneOf("msg_signature", "signature", "timestamp", "timeStamp", "nonce", "x"), HeaderValue).Array[0, 6].Select(
            static pairs => QueryString.Create(pairs.Select(static p => KeyValuePair.Create(p.Item1, new StringValues(p.Item2)))).Value!);
        var typical = Gen.Const($"?signature=s&timestamp={Now.ToUnixTimeSeconds()}&nonce=n");
        await Gen.Select(FuzzedInput.Near(good, """{"encrypt":"QUJD"}"""), Gen.OneOf(query, typical), ContentType).SampleAsync(
            async (body, query, contentType) =>
            {
                var status = await PushAsync(body, query, contentType);
                Assert.True(status is 400 or 403 or 415, $"{status}");
            },
            iter: Samples);
        Assert.Empty(Sent);
        Assert.Empty(_pushLines.Lines);
    }

    [Fact]
    public async Task Any_plain_notification_is_answered_in_order()
    {
        var names = Gen.OneOf("ce-specversion", "ce-id", "ce-source", "ce-type", "ce-time", "ce-dataschema", "ce-Ext", "ce-", "ce-ü", "Idempotency-Key");
        var headers = Gen.Frequency((1, Gen.Const(Array.Empty<(string, string)>())), (1, Gen.Select(names, HeaderValue).Array[1, 6]));
        await Gen.Select(FuzzedInput.Near(Notifications), headers, ContentType).SampleAsync(
            async (body, headers, contentType) =>
            {
                var request = Request(body, contentType: contentType);
                foreach (var (name, value) in headers)
                {
                    request.Headers[name] = value;
                }

                var function = new MeetingsEnded(new WebhookVerifier([], TimeSpan.Zero, Clock), new NotificationIntake(Queue, _plainLines));
                var (status, _) = await ExecuteAsync(await function.RunAsync(request, CancellationToken.None), "MeetingsEnded");
                Assert.True(status is 202 or 207 or 400 or 415, $"{status}");
            },
            iter: Samples);
        AssertLines(_plainLines.Entries.Select(static line => (line.Text, line.Exception)));
    }

    private static void AssertLines(IEnumerable<(string Text, Exception? Exception)> lines) => Assert.All(lines, static line =>
    {
        Assert.Null(line.Exception);
        Assert.DoesNotContain(line.Text, static c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029');
        Assert.True(line.Text.Length < 500, line.Text);
    });

    private static string SignedQuery(string encrypted)
    {
        var timestamp = Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"?msg_signature={CallbackSignature.Sign(Token, timestamp, "n", encrypted)}&timestamp={timestamp}&nonce=n";
    }

    private async Task<int> PushAsync(byte[] body, string query, string contentType)
    {
        var reader = new CallbackVerifier([new CallbackKeys(Token, Cipher, OwnerKey)], TimeSpan.FromMinutes(10), Clock);
        var function = new DingTalkEvents(reader, new PushIntake(Queue, QueueOver.FirstLooks, Tickets, Clock, _pushLines), Clock);
        var result = await function.RunAsync(Request(body, query, contentType), CancellationToken.None);
        return (await ExecuteAsync(result, "DingTalkEvents")).Status;
    }
}
