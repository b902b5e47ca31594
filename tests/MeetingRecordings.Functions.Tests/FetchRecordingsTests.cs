using System.Diagnostics;
using System.Net;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Tests.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Moq;

namespace MeetingRecordings.Functions.Tests;

/// <summary>What an operator is told of each look.</summary>
public sealed class FetchRecordingsTests : FetchRecordingsTest
{
    private const string OneVideo = """{"videoList":[{"mediaId":"m1"}]}""";
    private const string NotFound = """{"code":"cloudRecordNotFound"}""";
    private const string SystemError = """{"code":"systemError","requestid":"r-1"}""";

    private readonly List<ServiceBusMessage> _sent = [];

    [Theory]
    [InlineData(OneVideo, "Information: Conference conf-1: Recorded; looking again after 00:30:00 (code (null), request (null))")]
    [InlineData(NotFound, "Information: Conference conf-1: NotReady; looking again after 00:02:00 (code (null), request (null))")]
    [InlineData(SystemError, "Information: Conference conf-1: Failed; looking again after 00:00:10 (code systemError, request r-1)")]
    [InlineData(SystemError, "Error: Conference conf-1 is poisoned: retriesSpent (code systemError, request r-1)", "faults", 5)]
    [InlineData("""{"code":"permissionError","requestid":"r-2"}""", "Error: Conference conf-1 is dead-lettered: permissionError (request r-2)")]
    [InlineData(NotFound, "Information: Conference conf-1 is notRecorded; nothing is left to do", "checks", 9)]
    [InlineData(NotFound, "Warning: Conference conf-1 was recorded, says conference info, but no video was ever listed; its manifest says notRecorded", "checks", 9, true)]
    public async Task What_came_of_a_look_is_told_in_one_line(string answer, string line, string? counter = null, int count = 0, bool confirmed = false)
    {
        var properties = new Dictionary<string, object>();
        if (counter is not null)
        {
            properties[counter] = count;
        }

        if (confirmed)
        {
            properties["recording-confirmed"] = true;
        }

        await RunAsync(answer, properties: properties);

        Assert.Equal([line], LogLines);
    }

    [Fact]
    public async Task A_second_look_that_finds_the_same_is_the_end_and_told()
    {
        await RunAsync(OneVideo, Message.Replace("meetingEnded", "recheck", StringComparison.Ordinal));

        Assert.Equal(["Information: Conference conf-1 is recorded; nothing is left to do"], LogLines);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_told_with_its_number()
    {
        await RunAsync(OneVideo, "no JSON");

        Assert.StartsWith("Error: Message 7 is dead-lettered as malformed: ", Assert.Single(LogLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_is_a_span_below_the_message_that_it_is_for_and_its_age_is_measured()
    {
        using var seen = new SeenTelemetry();
        var sender = Activity.Current!;

        await RunAsync(OneVideo, properties: new() { ["traceparent"] = sender.Id! });

        var look = seen.SpanOf("look at conference");
        Assert.Equal((sender.SpanId, ActivityKind.Internal), (look.ParentSpanId, look.Kind));
        Assert.Contains(("meeting_recordings.queue.age", 90, ""), seen.Measured);
        Assert.Contains(("meeting_recordings.fetches", 1, "outcome=Recorded,class=None,action=LookAgain"), seen.Measured);
        Assert.Equal(look.TraceId.ToHexString(), ActivityContext.Parse((string)Assert.Single(_sent).ApplicationProperties["traceparent"], null).TraceId.ToHexString());
    }

    [Fact]
    public async Task A_message_that_was_put_on_the_queue_by_hand_begins_a_lineage_of_its_own_id()
    {
        await RunAsync(OneVideo);

        Assert.Equal("by-hand:7/1", Assert.Single(_sent).MessageId);
    }

    private Task RunAsync(string answer, string body = Message, Dictionary<string, object>? properties = null)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString(body), messageId: "by-hand", properties: properties ?? [], sequenceNumber: 7, enqueuedTime: Now.AddSeconds(-90));
        return Create(request => Answer(request, answer), new SenderDouble(Take)).RunAsync(message, Mock.Of<ServiceBusMessageActions>(), TestContext.Current.CancellationToken);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, string videos) => request.RequestUri!.AbsolutePath switch
    {
        _ when IsTokenRequest(request) => Token(),
        var path when path.EndsWith("/getVideos", StringComparison.Ordinal) => AnsweringHandler.Json(videos, videos == OneVideo ? HttpStatusCode.OK : HttpStatusCode.BadRequest),
        _ => AnsweringHandler.Json("""{"confInfo":{"creatorId":"union-1"}}"""),
    };

    private Task Take(IReadOnlyList<ServiceBusMessage> messages)
    {
        _sent.AddRange(messages);
        return Task.CompletedTask;
    }
}
