using System.Net;
using System.Text;
using System.Text.Json;
using DingTalkSimulator;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Notifications.Callbacks;

namespace EndToEnd.Tests.Notifications;

public sealed class When_DingTalk_pushes(AzuriteFixture azurite)
{
    private const string OtherAesKey = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_spelling_of_the_query_in_seconds_and_milliseconds_is_accepted()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var signature in new[] { "msg_signature", "signature" })
        {
            foreach (var timestamp in new[] { "timestamp", "timeStamp" })
            {
                foreach (var time in new[] { now.ToUnixTimeSeconds(), now.ToUnixTimeMilliseconds() })
                {
                    var conference = pipeline.DingTalk.Tenant.AddConference();
                    var push = new DingTalkPush(Closed(conference)) { SignatureName = signature, TimestampName = timestamp, Timestamp = $"{time}" };

                    await AssertDeliveredAsync(pipeline, push);

                    await pipeline.ManifestAsync(conference.Id);
                }
            }
        }
    }

    [Fact]
    public async Task A_push_with_both_spellings_in_chunks_and_without_a_content_type_is_accepted()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var push = new DingTalkPush("""{"EventType":"check_url"}""");
        var request = push.ToRequest();
        var query = request.RequestUri!.ToString();
        request.RequestUri = new Uri($"{query}&{query.Split('?')[1].Replace("timestamp", "timeStamp", StringComparison.Ordinal).Replace("msg_", "", StringComparison.Ordinal)}", UriKind.Relative);
        request.Content = new StreamContent(new UnseekableStream(await request.Content!.ReadAsByteArrayAsync(Token)));

        using var answer = await pipeline.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("check_url")]
    [InlineData("check_create_suite_url")]
    [InlineData("check_update_suite_url")]
    public async Task The_check_of_the_callback_address_is_answered_with_success(string eventType)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);

        await AssertDeliveredAsync(pipeline, new DingTalkPush($$"""{"EventType":"{{eventType}}","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}"""));

        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).Active);
    }

    [Fact]
    public async Task Every_meeting_of_a_third_party_apps_batch_has_its_manifest()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = Enumerable.Range(0, 20).Select(_ => pipeline.DingTalk.Tenant.AddConference()).ToArray();
        var events = conferences
            .Select(static c => $$$"""{"syncAction":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"{{{c.Id}}}","creatorId":"{{{c.CreatorUnionId}}}"}}""")
            .Append("no event at all");

        await AssertDeliveredAsync(pipeline, new DingTalkPush(Batch("SYNC_HTTP_PUSH_MEDIUM", events)));

        foreach (var conference in conferences)
        {
            await pipeline.ManifestAsync(conference.Id);
        }
    }

    [Fact]
    public async Task The_suite_ticket_is_kept_in_blob_storage_and_an_older_one_does_not_replace_it()
    {
        var suiteKey = $"suite{Guid.NewGuid():N}";
        await using var pipeline = await Pipeline.StartAsync(azurite, ("DingTalk__SuiteKey", suiteKey), ("DingTalk__SuiteSecret", "secret-1"));
        var store = pipeline.SuiteTickets;
        Assert.Null(await store.GetAsync(suiteKey, Token));

        DingTalkPush Ticket(string value, long pushedAt)
            => new($$"""{"EventType":"suite_ticket","SuiteKey":"{{suiteKey}}","SuiteTicket":"{{value}}","TimeStamp":{{pushedAt}}}""") { OwnerKey = suiteKey };
        await AssertDeliveredAsync(pipeline, Ticket("ticket-2", 1_795_420_802_000));
        await AssertDeliveredAsync(pipeline, Ticket("ticket-1", 1_795_420_801_000));
        Assert.Equal(new SuiteTicket("ticket-2", DateTimeOffset.FromUnixTimeMilliseconds(1_795_420_802_000)), await store.GetAsync(suiteKey, Token));

        await AssertDeliveredAsync(pipeline, new DingTalkPush(Batch("SYNC_HTTP_PUSH_HIGH", ["""{"syncAction":"suite_ticket","suiteTicket":"ticket-3"}"""])) { OwnerKey = suiteKey });
        Assert.Equal("ticket-3", (await store.GetAsync(suiteKey, Token))!.Value);
    }

    [Fact]
    public async Task Of_tickets_that_come_at_once_the_newest_stays()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var suiteKey = $"suite{Guid.NewGuid():N}";
        var tickets = Enumerable.Range(0, 8).Select(static i => new SuiteTicket($"ticket-{i}", DateTimeOffset.UnixEpoch.AddDays(i))).ToArray();

        await Task.WhenAll(tickets.OrderByDescending(static t => t.ReceivedAt).Select(ticket => pipeline.SuiteTickets.SaveAsync(suiteKey, ticket, Token)));

        Assert.Equal(tickets[^1], await pipeline.SuiteTickets.GetAsync(suiteKey, Token));
    }

    [Fact]
    public async Task Old_and_new_keys_are_accepted_while_they_are_rotated()
    {
        await using var pipeline = await Pipeline.StartAsync(
            azurite,
            ("DingTalk__CallbackToken", $"newtoken,{DevelopmentCredentials.CallbackToken}"),
            ("DingTalk__EncodingAesKey", $"{OtherAesKey},{DevelopmentCredentials.EncodingAesKey}"),
            ("DingTalk__OwnerKey", $"{DevelopmentCredentials.AppKey},dingcorp"));
        var push = new DingTalkPush("""{"EventType":"check_url"}""");

        await AssertDeliveredAsync(pipeline, push);
        await AssertDeliveredAsync(pipeline, push with { OwnerKey = "dingcorp" });
        await AssertDeliveredAsync(pipeline, push with { Token = "newtoken", EncodingAesKey = OtherAesKey });
        Assert.Equal(HttpStatusCode.Forbidden, (await pipeline.Http.SendAsync((push with { Token = "newtoken" }).ToRequest(), Token)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_signature_a_wrong_key_and_a_wrong_owner_get_the_same_answer_to_the_byte()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var push = new DingTalkPush("""{"EventType":"check_url"}""");
        DingTalkPush[] wrong =
        [
            push with { Signature = new string('0', 40) },
            push with { Signature = "x" },
            push with { EncodingAesKey = OtherAesKey },
            push with { OwnerKey = "dingother" },
            push with { Token = "othertoken" },
            push with { Signature = new string('0', 40), Timestamp = "1" },
        ];
        var answers = new List<string>();
        foreach (var request in wrong)
        {
            using var answer = await pipeline.Http.SendAsync(request.ToRequest(), Token);
            answer.Headers.Date = null;
            answers.Add($"{answer.StatusCode} {answer.Headers}{answer.Content.Headers} {await answer.Content.ReadAsStringAsync(Token)}");
        }

        Assert.StartsWith("Forbidden", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_push_of_64_KB_is_accepted_and_one_byte_more_is_not(bool announced)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var request = new DingTalkPush("""{"EventType":"check_url"}""").ToRequest();
        var body = await request.Content!.ReadAsStringAsync(Token);

        async Task<HttpStatusCode> PostAsync(int length)
        {
            var padded = Encoding.UTF8.GetBytes(body + new string(' ', length - body.Length));
            using var content = announced ? new ByteArrayContent(padded) : (HttpContent)new StreamContent(new UnseekableStream(padded));
            content.Headers.ContentType = new("application/json");
            return (await pipeline.Http.PostAsync(request.RequestUri, content, Token)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await PostAsync(64 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync((64 * 1024) + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(4 * 1024 * 1024));
    }

    private static string Closed(SimulatedConference conference)
        => $$$"""{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"{{{conference.Id}}}","creatorId":"{{{conference.CreatorUnionId}}}"}}""";

    private static string Batch(string eventType, IEnumerable<string> events)
        => $$"""{"EventType":"{{eventType}}","bizData":[{{string.Join(',', events.Select(static data => $$"""{"biz_data":{{JsonSerializer.Serialize(data)}}}"""))}}]}""";

    private static async Task AssertDeliveredAsync(Pipeline pipeline, DingTalkPush push)
    {
        using var answer = await pipeline.Http.SendAsync(push.ToRequest(), Token);
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, body);
        using var json = JsonDocument.Parse(body);
        string Field(string name) => json.RootElement.GetProperty(name).GetString()!;
        Assert.True(CallbackSignature.Verify(Field("msg_signature"), push.Token, Field("timeStamp"), Field("nonce"), Field("encrypt")));
        var plaintext = new CallbackCipher(push.EncodingAesKey).TryDecrypt(Field("encrypt"))!;
        Assert.Equal(("success", push.OwnerKey), (Encoding.UTF8.GetString(plaintext.Message.Span), plaintext.OwnerKey));
    }

    // Sent in chunks, for its length is not known beforehand.
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
