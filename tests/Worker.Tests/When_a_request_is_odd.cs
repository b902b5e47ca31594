using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DingTalkSimulator;
using MeetingRecordings.Notifications.Callbacks;

namespace Worker.Tests;

[Collection(SharedApp.Name)]
public sealed class When_a_request_is_odd(SharedApp shared)
{
    private const int MaxPushBytes = 64 * 1024;

    private readonly RunningApp _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_push_of_64_KB_is_accepted_and_one_byte_more_is_not(bool announced)
    {
        Assert.Equal(HttpStatusCode.OK, await StatusOfPushAsync(MaxPushBytes, announced));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOfPushAsync(MaxPushBytes + 1, announced));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOfPushAsync(64 * MaxPushBytes, announced));
    }

    [Fact]
    public async Task An_empty_body_is_answered_with_the_problem()
    {
        await AssertProblemAsync("dingtalk/events", null, []);
        await AssertProblemAsync("dingtalk/events", "application/json", []);
        await AssertProblemAsync("meetings/ended", "application/json", []);
        await AssertProblemAsync("poison/replay", "application/json", []);
    }

    [Fact]
    public async Task A_binary_body_is_answered_with_the_problem()
    {
        var bytes = Enumerable.Range(0, 256).Select(static number => (byte)number).ToArray();

        await AssertProblemAsync("dingtalk/events", "application/json", bytes);
        await AssertProblemAsync("meetings/ended", "application/json", bytes);
        await AssertProblemAsync("meetings/ended", "application/octet-stream", bytes, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task The_headers_of_an_answer_come_as_the_function_set_them()
    {
        using var health = await _app.SendAsync(HttpMethod.Get, "health");
        Assert.Equal("no-store", health.Headers.CacheControl?.ToString());
        Assert.Equal("application/json", health.Content.Headers.ContentType?.MediaType);

        _app.Http.DefaultRequestHeaders.Add("WebHook-Request-Origin", "events.example.com");
        using var handshake = await _app.SendAsync(HttpMethod.Options, "meetings/ended", _app.Keys.Default);
        _app.Http.DefaultRequestHeaders.Remove("WebHook-Request-Origin");
        Assert.Equal(["OPTIONS", "POST"], handshake.Content.Headers.Allow.Order());
        Assert.Equal("events.example.com", Assert.Single(handshake.Headers.GetValues("WebHook-Allowed-Origin")));
        Assert.Empty(await handshake.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task A_large_answer_comes_whole()
    {
        using var answer = await _app.SendAsync(HttpMethod.Get, "openapi.json");

        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpStatusCode> StatusOfPushAsync(int bytes, bool announced)
    {
        var encrypted = new CallbackCipher(DevelopmentCredentials.EncodingAesKey)
            .Encrypt("""{"EventType":"check_url"}"""u8, DevelopmentCredentials.AppKey);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = CallbackSignature.Sign(DevelopmentCredentials.CallbackToken, timestamp, "nonce", encrypted);
        var body = Encoding.ASCII.GetBytes($$"""{"encrypt":"{{encrypted}}"}""".PadRight(bytes));

        using HttpContent content = announced ? new ByteArrayContent(body) : new StreamContent(new UnseekableStream(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _app.SendAsync(
            HttpMethod.Post, $"dingtalk/events?msg_signature={signature}&timestamp={timestamp}&nonce=nonce", content: content);
        return answer.StatusCode;
    }

    private async Task AssertProblemAsync(string route, string? type, byte[] body, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        using var answer = await _app.SendAsync(HttpMethod.Post, route, _app.Keys.Master, content);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
    }

    // Sent in chunks, for its length is not known beforehand.
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
