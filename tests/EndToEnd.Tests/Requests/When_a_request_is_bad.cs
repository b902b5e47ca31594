using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DingTalkSimulator;
using MeetingRecordings.Notifications.Callbacks;

namespace EndToEnd.Tests.Requests;

public sealed class When_a_request_is_bad(AzuriteFixture azurite)
{
    private const string Closed = """{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1"}}""";
    private static readonly CallbackCipher Cipher = new(DevelopmentCredentials.EncodingAesKey);

    [Fact]
    public async Task A_push_is_refused_with_the_field_and_nothing_is_enqueued()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var good = Encrypt(Closed, DevelopmentCredentials.AppKey);

        await AssertRefusedAsync(pipeline, Push(good, signature: new string('0', 40)), 403);
        await AssertRefusedAsync(pipeline, Push(Encrypt(Closed, "dingsomebodyelse")), 403);
        await AssertRefusedAsync(pipeline, Push(good[..^8]), 400, "encrypt");
        await AssertRefusedAsync(pipeline, Push("!!!!"), 400, "encrypt");
        await AssertRefusedAsync(pipeline, Push(Encrypt("junk", DevelopmentCredentials.AppKey)), 400);
        await AssertRefusedAsync(pipeline, Push(Encrypt(Closed.Replace("conf-1", "a/b", StringComparison.Ordinal), DevelopmentCredentials.AppKey)), 400, "openConfModel.conferenceId");
        await AssertRefusedAsync(pipeline, Push(good, contentType: "text/plain"), 415);
        await AssertRefusedAsync(pipeline, Push(good + new string(' ', 65 * 1024)), 413);

        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).Active);
        Assert.Empty(pipeline.DingTalk.Ledger.Calls);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(conference);
        await pipeline.ManifestAsync(conference.Id);
    }

    [Theory]
    [InlineData("[]", 400, null)]
    [InlineData("{}", 400, "conferenceId")]
    [InlineData("""{"conferenceId":"a/b"}""", 400, "conferenceId")]
    [InlineData("""{"conferenceId":".."}""", 400, "conferenceId")]
    [InlineData("nonsense", 400, null)]
    public async Task A_plain_notification_is_refused_with_the_field(string body, int status, string? field)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);

        await AssertRefusedAsync(pipeline, Post(body), status, field);
        await AssertRefusedAsync(pipeline, Post($$"""{"conferenceId":"{{new string('a', 10_000)}}"}"""), 400, "conferenceId");

        Assert.Empty(pipeline.DingTalk.Ledger.Calls);
    }

    [Fact]
    public async Task A_plain_notification_needs_the_function_key()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        pipeline.Http.DefaultRequestHeaders.Remove("x-functions-key");

        var answer = await pipeline.PostAsync("meetings/ended", """{"conferenceId":"conf-1"}""");

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Empty(pipeline.DingTalk.Ledger.Calls);
    }

    [Theory]
    [InlineData("GET", "dingtalk/events")]
    [InlineData("HEAD", "health")]
    [InlineData("PUT", "meetings/ended")]
    [InlineData("POST", "manifests")]
    public async Task Another_method_is_answered_as_if_there_were_no_such_route(string method, string route)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);

        using var answer = await pipeline.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), route), TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Empty(answer.Content.Headers.Allow);
        Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_that_is_no_HTTP_is_answered_400()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, pipeline.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var request = $"POST /api/meetings/ended HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {pipeline.Keys.Default}\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n";

        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

        using var answer = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400 ", await answer.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(Pipeline pipeline, HttpRequestMessage request, int status, string? field = null)
    {
        using var answer = await pipeline.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(DevelopmentCredentials.CallbackToken, body, StringComparison.Ordinal);
        if (field is not null)
        {
            using var problem = JsonDocument.Parse(body);
            Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
        }
    }

    private static string Encrypt(string message, string ownerKey) => Cipher.Encrypt(Encoding.UTF8.GetBytes(message), ownerKey);

    private static HttpRequestMessage Push(string encrypted, string? signature = null, string contentType = "application/json")
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString();
        signature ??= CallbackSignature.Sign(DevelopmentCredentials.CallbackToken, timestamp, "nonce", encrypted);
        return new HttpRequestMessage(HttpMethod.Post, $"dingtalk/events?msg_signature={signature}&timestamp={timestamp}&nonce=nonce")
        {
            Content = new StringContent($$"""{"encrypt":"{{encrypted}}"}""", MediaTypeHeaderValue.Parse(contentType)),
        };
    }

    private static HttpRequestMessage Post(string body) => new(HttpMethod.Post, "meetings/ended")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };
}
