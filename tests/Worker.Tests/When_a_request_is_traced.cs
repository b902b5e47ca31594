using System.Diagnostics;
using System.Net;
using System.Text;
using Google.Protobuf;
using Worker.Tests.Telemetry;

namespace Worker.Tests;

public sealed class When_a_request_is_traced(AzuriteFixture azurite)
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    [Fact]
    public async Task One_trace_goes_from_the_caller_through_host_worker_and_queue_to_the_blob()
    {
        await using var sink = await TelemetrySink.StartAsync();
        await using var app = await RunningApp.StartAsync(azurite, sink.Settings);
        var conference = app.DingTalk.Tenant.AddConference();
        app.Http.DefaultRequestHeaders.Add("traceparent", $"00-{_trace.ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var content = new StringContent($$"""{"conferenceId":"{{conference.Id}}"}""", Encoding.UTF8, "application/json");

        using var answer = await app.SendAsync(HttpMethod.Post, "meetings/ended", app.Keys.Default, content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await app.ManifestAsync(conference.Id);
        await app.DrainAsync();
        // The worker sends what it has not sent yet.
        await app.Host.DisposeAsync();

        var spans = sink.Spans.Where(span => IdOf(span.TraceId) == _trace.ToHexString()).ToList();
        Assert.Superset(
            new HashSet<string>
            {
                "receive notifications", "enqueue notifications", "look at conference", "dingtalk GetVideos", "write manifest",
            },
            spans.Select(static span => span.Name).ToHashSet());
        var known = spans.Select(static span => IdOf(span.SpanId)).ToHashSet();
        var root = Assert.Single(spans, span => !known.Contains(IdOf(span.ParentSpanId)));
        Assert.NotEqual("", IdOf(root.ParentSpanId));
    }

    private static string IdOf(ByteString id) => Convert.ToHexStringLower(id.Span);
}
