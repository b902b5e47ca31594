using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace MeetingRecordings.Functions.Tests.Queues;

public sealed class MessageSettlementTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly ConferenceMessage Conference = new("conf-1", "union-1", "corp-1", Now, Trigger.MeetingEnded);
    private static readonly Lineage Lineage = new("conf-1:ended:7", Now) { Step = 2, Faults = 3, FirstFailureAt = Now };
    private static readonly Failure Error = Failure.Of(new DingTalkError("systemError", "it broke", 500, "request-9"));

    private readonly Recorder _recorder = new();
    private readonly MessageSettlement _settlement;
    private readonly ServiceBusReceivedMessage _received = ServiceBusModelFactory.ServiceBusReceivedMessage(
        BinaryData.FromString("""{"conferenceId":"conf-1"}"""),
        messageId: "conf-1:ended",
        lockTokenGuid: Guid.NewGuid(),
        sequenceNumber: 7);

    public MessageSettlementTests()
    {
        var clock = new FakeTimeProvider(Now);
        _settlement = new MessageSettlement(
            QueueOver.Sender(_recorder.Sender("conferences"), clock),
            new PoisonQueue(_recorder.Sender("poison"), clock),
            new RecordingQueue(_recorder.Sender("recordings"), clock),
            clock,
            new ListLogger<MessageSettlement>());
    }

    [Fact]
    public async Task A_finished_conference_is_completed_and_nothing_is_sent()
    {
        await SettleAsync(new RecoveryAction.Finish());

        Assert.Equal(["complete"], _recorder.Steps);
    }

    [Fact]
    public async Task A_further_look_is_scheduled_before_the_message_is_completed()
    {
        await SettleAsync(new RecoveryAction.LookAgain(TimeSpan.FromMinutes(2), Trigger.Recheck, Lineage with { Step = 3 }));

        Assert.Equal(["send to conferences", "complete"], _recorder.Steps);
        var sent = Assert.Single(_recorder.Sent);
        Assert.Equal("conf-1:ended:7/3", sent.MessageId);
        Assert.Equal(Now.AddMinutes(2), sent.ScheduledEnqueueTime);
        Assert.True(ConferenceMessageJson.Parse(sent.Body).Succeeded(out var message, out _));
        Assert.Equal(Conference with { Trigger = Trigger.Recheck }, message);
    }

    [Fact]
    public async Task A_poisoned_message_is_sent_with_its_body_and_diagnostics_before_it_is_completed()
    {
        await SettleAsync(new RecoveryAction.Poison(PoisonReasons.RetriesSpent, Error, Lineage));

        Assert.Equal(["send to poison", "complete"], _recorder.Steps);
        var sent = Assert.Single(_recorder.Sent);
        Assert.Equal("conf-1:ended:7/poison", sent.MessageId);
        Assert.Equal(_received.Body.ToString(), sent.Body.ToString());
        Assert.Equal(("systemError", "retriesSpent"), (sent.Subject, sent.ApplicationProperties["reason"]));
        Assert.Equal("systemError", sent.ApplicationProperties["code"]);
        Assert.Equal("it broke", sent.ApplicationProperties["message"]);
        Assert.Equal("request-9", sent.ApplicationProperties["request-id"]);
        Assert.Equal(500, sent.ApplicationProperties["http-status"]);
        Assert.Equal("conf-1:ended", sent.ApplicationProperties["original-message-id"]);
        Assert.Equal(3, sent.ApplicationProperties["faults"]);
        Assert.Equal("2026-11-23T08:00:00.0000000Z", sent.ApplicationProperties["first-failure-at"]);
        Assert.Equal("2026-11-23T08:00:00.0000000Z", sent.ApplicationProperties["last-failure-at"]);
    }

    [Fact]
    public async Task A_poisoned_message_says_when_it_was_given_up_though_DingTalk_gave_no_error()
    {
        await SettleAsync(new RecoveryAction.Poison(PoisonReasons.RecordingMissing, null, Lineage with { FirstFailureAt = null, RecordingAnnounced = true }));

        var sent = Assert.Single(_recorder.Sent);
        Assert.Equal(("recordingMissing", "recordingMissing"), (sent.Subject, sent.ApplicationProperties["reason"]));
        Assert.Equal("2026-11-23T08:00:00.0000000Z", sent.ApplicationProperties["first-failure-at"]);
        Assert.Equal("2026-11-23T08:00:00.0000000Z", sent.ApplicationProperties["last-failure-at"]);
        Assert.Equal(true, sent.ApplicationProperties["recording-announced"]);
        Assert.DoesNotContain("code", sent.ApplicationProperties);
    }

    [Fact]
    public async Task A_rejected_conference_is_dead_lettered_with_its_reason_and_not_completed()
    {
        var rejected = Failure.Of(new DingTalkError("permissionError", "no", 404, "request-9"));

        await SettleAsync(new RecoveryAction.DeadLetter("permissionError", "Grant it.", rejected));

        Assert.Equal(["dead-letter permissionError: Grant it."], _recorder.Steps);
        Assert.Equal("permissionError", _recorder.DeadLetterProperties["code"]);
        Assert.Equal("request-9", _recorder.DeadLetterProperties["request-id"]);

        // The broker's own two are lost now and then.
        Assert.Equal(
            ("permissionError", "Grant it."), (_recorder.DeadLetterProperties["reason"], _recorder.DeadLetterProperties["description"]));
        Assert.Equal("2026-11-23T08:00:00.0000000Z", _recorder.DeadLetterProperties["first-failure-at"]);
        Assert.Equal("2026-11-23T08:00:00.0000000Z", _recorder.DeadLetterProperties["last-failure-at"]);
    }

    [Fact]
    public async Task A_poisoned_message_keeps_the_trace_that_it_came_with()
    {
        const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var received = ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString("""{"conferenceId":"conf-1"}"""), properties: new Dictionary<string, object> { ["traceparent"] = TraceParent });

        await SettleAsync(received, new RecoveryAction.Poison(PoisonReasons.RetriesSpent, Error, Lineage));

        Assert.Equal(TraceParent, Assert.Single(_recorder.Sent).ApplicationProperties["traceparent"]);
    }

    [Fact]
    public async Task A_message_stays_unsettled_when_the_further_look_cannot_be_sent()
    {
        _recorder.Failure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        await Assert.ThrowsAsync<ServiceBusException>(
            () => SettleAsync(new RecoveryAction.LookAgain(TimeSpan.FromMinutes(2), Trigger.MeetingEnded, Lineage)));

        Assert.Equal(["send to conferences"], _recorder.Steps);
    }

    [Fact]
    public async Task A_message_stays_unsettled_when_it_cannot_be_poisoned()
    {
        _recorder.Failure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        await Assert.ThrowsAsync<ServiceBusException>(() => SettleAsync(new RecoveryAction.Poison(PoisonReasons.RetriesSpent, Error, Lineage)));

        Assert.Equal(["send to poison"], _recorder.Steps);
    }

    [Theory]
    [InlineData(ServiceBusFailureReason.MessagingEntityNotFound)]
    [InlineData(ServiceBusFailureReason.MessagingEntityDisabled)]
    [InlineData(ServiceBusFailureReason.QuotaExceeded)]
    public async Task A_poison_queue_that_takes_nothing_does_not_cost_a_conference_its_diagnosis(ServiceBusFailureReason obstacle)
    {
        _recorder.Failure = new ServiceBusException("no", obstacle);

        await SettleAsync(new RecoveryAction.Poison(PoisonReasons.RetriesSpent, Error, Lineage));

        Assert.Equal("send to poison", _recorder.Steps[0]);
        Assert.StartsWith($"dead-letter retriesSpent: The poison queue did not take it ({obstacle}).", _recorder.Steps[1], StringComparison.Ordinal);
        Assert.Equal(("retriesSpent", "systemError"), (_recorder.DeadLetterProperties["reason"], _recorder.DeadLetterProperties["code"]));
    }

    [Fact]
    public async Task A_body_that_is_no_data_section_is_poisoned_as_data()
    {
        var received = AmqpMessages.Create(7, AmqpMessageBody.FromValue("""{"conferenceId":"conf-1"}"""));

        await SettleAsync(received, new RecoveryAction.Poison(PoisonReasons.RetriesSpent, Error, Lineage));

        Assert.Equal("""{"conferenceId":"conf-1"}""", Assert.Single(_recorder.Sent).Body.ToString());
    }

    [Fact]
    public async Task A_reason_longer_than_Service_Bus_takes_is_cut()
    {
        await SettleAsync(new RecoveryAction.DeadLetter(new string('x', 5000), "Look.", Error));

        Assert.Equal($"dead-letter {new string('x', 4096)}: Look.", Assert.Single(_recorder.Steps));
    }

    private Task SettleAsync(RecoveryAction action) => SettleAsync(_received, action);

    private Task SettleAsync(ServiceBusReceivedMessage received, RecoveryAction action) => _settlement.SettleAsync(
        received,
        Conference,
        action,
        _recorder.Actions,
        TestContext.Current.CancellationToken);

    /// <summary>Notes what is done to the broker, in order.</summary>
    private sealed class Recorder
    {
        public List<string> Steps { get; } = [];

        public List<ServiceBusMessage> Sent { get; } = [];

        public Dictionary<string, object> DeadLetterProperties { get; private set; } = [];

        public Exception? Failure { get; set; }

        public ServiceBusMessageActions Actions
        {
            get
            {
                var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
                actions
                    .Setup(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
                    .Callback(() => Steps.Add("complete"))
                    .Returns(Task.CompletedTask);
                actions
                    .Setup(a => a.DeadLetterMessageAsync(
                        It.IsAny<ServiceBusReceivedMessage>(),
                        It.IsAny<Dictionary<string, object>?>(),
                        It.IsAny<string?>(),
                        It.IsAny<string?>(),
                        It.IsAny<CancellationToken>()))
                    .Callback((ServiceBusReceivedMessage _, Dictionary<string, object>? properties, string? reason, string? description, CancellationToken _) =>
                    {
                        Steps.Add($"dead-letter {reason}: {description}");
                        DeadLetterProperties = properties!;
                    })
                    .Returns(Task.CompletedTask);
                return actions.Object;
            }
        }

        public ServiceBusSender Sender(string name) => new SenderDouble(messages =>
        {
            Steps.Add($"send to {name}");
            Sent.AddRange(messages);
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }).Sender;
    }
}
