using System.Diagnostics;
using MeetingRecordings.Tests.Telemetry;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>What is told of each call, which docs/operations.md lists.</summary>
public sealed class DingTalkHttpTelemetryTests : DingTalkTest
{
    private static readonly TimeSpan Took = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_good_call_has_a_span_without_an_error_and_is_counted_and_timed()
    {
        Answer(200, """{"videoList":[]}""");
        using var seen = new SeenTelemetry();

        await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation);

        var span = seen.SpanOf("dingtalk GetVideos");
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset, null), (span.Kind, span.Status, span.GetTagItem("dingtalk.request_id")));
        Assert.Contains(("meeting_recordings.dingtalk.calls", 1, "api=GetVideos,code=ok"), seen.Measured);
        Assert.Contains(("meeting_recordings.dingtalk.call.duration", 1.5, "api=GetVideos"), seen.Measured);
    }

    [Fact]
    public async Task A_call_that_fails_has_a_span_with_DingTalks_code_and_its_id_of_the_request()
    {
        Answer(404, """{"code":"permissionError%!(EXTRA int=7)","requestid":"r1"}""");
        using var seen = new SeenTelemetry();

        await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation);

        var span = seen.SpanOf("dingtalk GetVideos");
        Assert.Equal(
            (ActivityStatusCode.Error, "permissionError%!(EXTRA int=7)", "r1"),
            (span.Status, span.StatusDescription, span.GetTagItem("dingtalk.request_id")));
        Assert.Contains(("meeting_recordings.dingtalk.calls", 1, "api=GetVideos,code=permissionError"), seen.Measured);
        Assert.Contains(("meeting_recordings.dingtalk.call.duration", 1.5, "api=GetVideos"), seen.Measured);
    }

    [Fact]
    public async Task Each_quick_try_is_told_by_itself()
    {
        Options = Options with { QuickRetries = 2, QuickRetryDelay = TimeSpan.Zero };
        Answer(500, """{"code":"systemError"}""");
        Answer(200, """{"videoList":[]}""");
        using var seen = new SeenTelemetry();

        await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation);

        Assert.Equal(
            [ActivityStatusCode.Error, ActivityStatusCode.Unset],
            seen.Spans.Where(static span => span.OperationName == "dingtalk GetVideos").Select(static span => span.Status));
        Assert.Equal(
            ["api=GetVideos,code=systemError", "api=GetVideos,code=ok"],
            seen.Measured.Where(static m => m.Name == "meeting_recordings.dingtalk.calls").Select(static m => m.Tags).Where(static tags => tags.Contains("Videos", StringComparison.Ordinal)));
    }

    private void Answer(int status, string body) => DingTalk.Answer(VideosPath, _ =>
    {
        Clock.Advance(Took);
        return new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(body) };
    });
}
