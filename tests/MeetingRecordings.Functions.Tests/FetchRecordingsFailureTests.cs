using System.Diagnostics;
using System.Net;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Tests.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Moq;

namespace MeetingRecordings.Functions.Tests;

public sealed class FetchRecordingsFailureTests : FetchRecordingsTest, IDisposable
{
    private static readonly NotSupportedException Bug = new("a bug");

    private readonly Mock<ServiceBusMessageActions> _actions = new(MockBehavior.Strict);
    private readonly CancellationTokenSource _stopping = new();
    private Func<HttpRequestMessage, HttpResponseMessage> _dingTalk = static _ => throw Bug;
    private IDictionary<string, object>? _abandonedWith;

    [Fact]
    public async Task A_look_that_ends_in_an_exception_gives_the_message_back_with_the_exceptions_type_and_fails_before_the_host()
    {
        AbandonGives(Task.CompletedTask);
        using var seen = new SeenTelemetry();

        var thrown = await Assert.ThrowsAsync<NotSupportedException>(() => RunAsync(new() { ["traceparent"] = Activity.Current!.Id! }));

        Assert.Same(Bug, thrown);
        var look = seen.SpanOf("look at conference");
        Assert.Equal((ActivityStatusCode.Error, "NotSupportedException"), (look.Status, look.StatusDescription));
        Assert.Equal("System.NotSupportedException", _abandonedWith!["exception-type"]);
        Assert.Equal("2026-11-23T08:00:00.0000000Z", _abandonedWith["last-failure-at"]);
        Assert.Equal("2026-11-23T08:00:00.0000000Z", _abandonedWith["first-failure-at"]);
    }

    [Fact]
    public async Task A_message_that_had_failed_before_keeps_the_time_of_its_first_failure()
    {
        AbandonGives(Task.CompletedTask);

        await Assert.ThrowsAsync<NotSupportedException>(() => RunAsync(new() { ["first-failure-at"] = "2026-11-22T08:00:00.0000000Z" }));

        Assert.DoesNotContain("first-failure-at", _abandonedWith!);
    }

    [Fact]
    public async Task A_message_that_cannot_be_given_back_still_fails_with_the_first_exception()
    {
        AbandonGives(Task.FromException(new ServiceBusException("gone", ServiceBusFailureReason.MessageLockLost)));

        Assert.Same(Bug, await Assert.ThrowsAsync<NotSupportedException>(() => RunAsync([])));
        Assert.StartsWith(
            "Warning: Message 7, which failed with NotSupportedException, could not be given back", Assert.Single(LogLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_the_hosts_stop_ends_is_no_failure_of_the_message()
    {
        _dingTalk = request =>
        {
            if (IsTokenRequest(request))
            {
                return Token();
            }

            _stopping.Cancel();
            throw new OperationCanceledException(_stopping.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync([]));

        Assert.Null(_abandonedWith);
    }

    [Fact]
    public async Task A_poison_message_that_Service_Bus_does_not_take_is_not_told_as_poisoned()
    {
        AbandonGives(Task.CompletedTask);
        _dingTalk = static request => IsTokenRequest(request) ? Token() : AnsweringHandler.Json("""{"code":"systemError"}""", HttpStatusCode.InternalServerError);
        using var seen = new SeenTelemetry();

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new() { ["faults"] = 5 }));

        Assert.Empty(LogLines);
        Assert.DoesNotContain(seen.Measured, static measured => measured.Name == "meeting_recordings.fetches");
    }

    public void Dispose() => _stopping.Dispose();

    private void AbandonGives(Task result)
        => _actions
            .Setup(a => a.AbandonMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<IDictionary<string, object>?>(), It.IsAny<CancellationToken>()))
            .Callback((ServiceBusReceivedMessage _, IDictionary<string, object>? properties, CancellationToken _) => _abandonedWith = properties)
            .Returns(result);

    private Task RunAsync(Dictionary<string, object> properties)
    {
        var sender = new SenderDouble(_ => throw new InvalidOperationException("Nothing is sent here."));
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString(Message),
            messageId: "conf-1:ended",
            properties: properties,
            sequenceNumber: 7);
        return Create(_dingTalk, sender).RunAsync(message, _actions.Object, _stopping.Token);
    }
}
