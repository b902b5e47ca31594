using System.Collections.Concurrent;
using System.Diagnostics;
using DingTalkSimulator.Faults;
using MeetingRecordings.Telemetry;

namespace EndToEnd.Tests.Recovery;

public sealed class When_a_request_is_traced(AzuriteFixture azurite)
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    [Fact]
    public async Task Its_trace_goes_through_the_queue_to_the_blob()
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RecordingTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _trace)
                {
                    spans.Enqueue(activity.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using (var pipeline = await Pipeline.StartAsync(azurite))
        {
            await NotifyAsync(pipeline, pipeline.DingTalk.Tenant.AddConference().Id);
            await pipeline.DrainAsync();
        }

        // The last span ends a little after its message is completed, and before the host has stopped.
        Assert.Superset(
            new HashSet<string> { "enqueue notifications", "look at conference", "dingtalk GetVideos", "write manifest" },
            spans.ToHashSet());
    }

    [Fact]
    public async Task A_poisoned_message_tells_its_trace()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);

        await NotifyAsync(pipeline, conference.Id);
        await pipeline.DrainAsync();

        Assert.Equal(_trace.ToHexString(), Assert.Single(await pipeline.PoisonAsync()).GetProperty("traceId").GetString());
    }

    private async Task NotifyAsync(Pipeline pipeline, string conferenceId)
    {
        pipeline.Http.DefaultRequestHeaders.Add("traceparent", $"00-{_trace.ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var answer = await pipeline.PostAsync("meetings/ended", $$"""{"conferenceId":"{{conferenceId}}"}""");
        Assert.Equal(202, (int)answer.StatusCode);
    }
}
