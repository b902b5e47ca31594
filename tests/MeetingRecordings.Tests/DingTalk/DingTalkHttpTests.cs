using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MeetingRecordings.DingTalk;
using Microsoft.AspNetCore.Http;
using Videos = MeetingRecordings.DingTalk.ApiAnswer<System.Collections.Generic.IReadOnlyList<MeetingRecordings.Manifests.Video>>;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>What only a real connection can do to a call.</summary>
public sealed class DingTalkHttpTests : ConnectionTest
{
    [Fact]
    public async Task A_good_answer_is_read_through_any_compression()
    {
        foreach (var encoding in new[] { "identity", "gzip", "br", "deflate" })
        {
            await using var server = await LoopbackServer.StartAsync(async context =>
            {
                context.Response.Headers.ContentEncoding = encoding;
                await context.Response.Body.WriteAsync(Compress(encoding, Encoding.UTF8.GetBytes(OneVideo)), Cancellation);
            });

            Assert.Equal("m1", Assert.Single(Assert.IsType<Videos.Ok>(await CallAsync(server)).Value).MediaId);
        }
    }

    [Fact]
    public async Task DingTalk_is_told_no_trace_id()
    {
        using var activity = new Activity("look").SetIdFormat(ActivityIdFormat.W3C).Start();
        var headers = new List<string>();

        await AnsweredBy(async context =>
        {
            headers.AddRange(context.Request.Headers.Keys);
            await context.Response.WriteAsync(OneVideo, Cancellation);
        });

        Assert.NotEmpty(headers);
        Assert.DoesNotContain("traceparent", headers, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_request_for_a_token_tells_its_type_and_its_length_for_not_everybody_reads_chunks()
    {
        long? length = null;
        string? type = null;
        await using var server = await LoopbackServer.StartAsync(
            static context => context.Response.WriteAsync(OneVideo),
            request => (length, type) = (request.ContentLength, request.ContentType));

        Assert.IsType<Videos.Ok>(await CallAsync(server));
        Assert.True(length > 0);
        Assert.Equal("application/json; charset=utf-8", type);
    }

    [Fact]
    public async Task A_connection_reset_before_the_answer_is_a_fault()
        => AssertFault("client.connectionFailure", await AnsweredBy(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }));

    [Fact]
    public async Task A_connection_reset_within_the_body_is_a_fault()
        => AssertFault("client.connectionFailure", await AnsweredBy(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"videoList\":[", Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            context.Abort();
        }));

    [Fact]
    public async Task A_chunked_body_that_breaks_off_is_a_fault()
        => AssertFault("client.connectionFailure", await AnsweredBy(async context =>
        {
            await context.Response.WriteAsync(OneVideo, Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            context.Abort();
        }));

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_whose_compression_is_broken_is_a_fault(string encoding)
    {
        byte[][] bodies = [[.. "this is not compressed at all, whatever the header says"u8], Compress(encoding, new byte[10_000])[..^6], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF]];
        var messages = new List<string>();
        foreach (var body in bodies)
        {
            var failed = AssertFault("client.unreadableBody", await AnsweredBy(async context =>
            {
                context.Response.Headers.ContentEncoding = encoding;
                await context.Response.Body.WriteAsync(body, Cancellation);
            }));
            messages.Add(failed.Message);
        }

        Assert.Contains("The answer's body cannot be decompressed.", messages);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_given_up_after_the_call_timeout()
    {
        var begun = new TaskCompletionSource();
        var givenUp = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(givenUp.SetResult);
            await context.Response.WriteAsync("{\"videoList\":[", CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            begun.SetResult();
            await givenUp.Task;
        });

        var call = CallAsync(server);
        await begun.Task.WaitAsync(Overall, Cancellation);
        Clock.Advance(TimeSpan.FromSeconds(8) - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var failed = AssertFault("client.timeout", await call.WaitAsync(Overall, Cancellation));
        Assert.Equal("No whole answer within 8 s.", failed.Message);
        await givenUp.Task.WaitAsync(Overall, Cancellation);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_an_exception_rather_than_an_error_of_DingTalks()
    {
        var begun = new TaskCompletionSource();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });

        var call = ClientOf(server.Address).GetVideosAsync(null, "conf-1", "u1", caller.Token);
        await begun.Task.WaitAsync(Overall, Cancellation);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_504_of_the_gateway_is_a_fault()
    {
        var failed = AssertFault("client.unreadableBody", await AnsweredBy(context =>
        {
            context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
            return context.Response.WriteAsync("<html>504 Gateway Time-out</html>", Cancellation);
        }));

        Assert.Equal(504, failed.Status);
        Assert.StartsWith("HTTP 504 ", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_body_may_have_4_MiB_and_not_a_byte_more(int more, bool read)
    {
        var body = Encoding.UTF8.GetBytes(OneVideo.PadRight(DingTalkHttp.MaxBodyBytes + more));
        foreach (var announced in new[] { true, false })
        {
            var answer = await AnsweredBy(async context =>
            {
                context.Response.ContentLength = announced ? body.Length : null;
                await context.Response.Body.WriteAsync(body, Cancellation);
            });

            if (read)
            {
                Assert.IsType<Videos.Ok>(answer);
            }
            else
            {
                Assert.Equal("The answer's body is larger than 4194304 bytes.", AssertFault("client.bodyTooLarge", answer).Message);
            }
        }
    }

    [Fact]
    public async Task A_body_that_grows_beyond_4_MiB_only_when_unpacked_is_too_large()
        => AssertFault("client.bodyTooLarge", await AnsweredBy(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(Compress("gzip", new byte[64 * 1024 * 1024]), Cancellation);
        }));

    [Fact]
    public async Task A_redirect_is_not_followed_for_it_would_carry_the_token_away()
    {
        var elsewhere = 0;
        await using var other = await LoopbackServer.StartAsync(_ =>
        {
            elsewhere++;
            return Task.CompletedTask;
        });

        var failed = AssertFault("client.unreadableBody", await AnsweredBy(context =>
        {
            context.Response.Redirect(new Uri(other.Address, "/stolen").ToString());
            return Task.CompletedTask;
        }));

        Assert.Equal(302, failed.Status);
        Assert.Equal(0, elsewhere);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "client.connectionFailure")]
    [InlineData("HTTP/1.1 banana\r\n\r\n", "client.connectionFailure")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "client.unreadableBody")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "client.connectionFailure")]
    [InlineData("", "client.connectionFailure")]
    public async Task What_is_no_HTTP_is_a_fault(string bytes, string code)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, bytes);

        var call = ClientOf(new Uri($"http://{listener.LocalEndpoint}/")).GetVideosAsync(null, "conf-1", "u1", Cancellation);

        AssertFault(code, await call.WaitAsync(Overall, Cancellation));
        await serving.WaitAsync(Overall, Cancellation);
    }

    [Fact]
    public async Task TLS_that_cannot_be_agreed_on_is_a_fault()
    {
        await using var server = await LoopbackServer.StartAsync(static _ => Task.CompletedTask);

        var answer = await ClientOf(new UriBuilder(server.Address) { Scheme = "https" }.Uri).GetVideosAsync(null, "conf-1", "u1", Cancellation);

        Assert.Contains("SecureConnectionError", AssertFault("client.connectionFailure", answer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_a_fault()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();

        Assert.Contains(
            "ConnectionError",
            AssertFault("client.connectionFailure", await ClientOf(address).GetVideosAsync(null, "conf-1", "u1", Cancellation)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two\\nlines")]
    [InlineData("会议")]
    [InlineData("nul\\u0000")]
    public async Task A_token_that_no_header_can_carry_is_a_fault_and_not_repeated(string token)
    {
        var dingTalk = new ScriptedDingTalk();
        dingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, $$"""{"accessToken":"{{token}}","expireIn":7200}""");
        await using var server = await LoopbackServer.StartAsync(static context => context.Response.WriteAsync(OneVideo));
        var options = OptionsOf(server.Address);
        var http = new DingTalkHttp(DingTalkHttp.CreateClient(options), options, Clock);
        var tokens = new AccessTokens(
            new DingTalkHttp(new HttpClient(dingTalk) { BaseAddress = options.BaseAddress }, options, Clock), options, Clock);

        var failed = Assert.IsType<Videos.Failed>(await new DingTalkClient(http, tokens).GetVideosAsync(null, "conf-1", "u1", Cancellation));

        Assert.Equal(ErrorClass.Faulted, failed.Error!.Class);
        Assert.DoesNotContain("lines", failed.ToString(), StringComparison.Ordinal);
    }

    private static async Task ServeAsync(TcpListener listener, string bytes)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = connection.GetStream();
        _ = await stream.ReadAsync(new byte[4096], Cancellation);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), Cancellation);
    }

    private static byte[] Compress(string encoding, byte[] body)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => packed,
        })
        {
            stream.Write(body);
        }

        return packed.ToArray();
    }
}
