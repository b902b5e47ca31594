using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Configuration;
using MeetingRecordings.Functions.Poison;
using MeetingRecordings.Functions.Queues;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace MeetingRecordings.Functions.Tests.Poison;

public sealed class PoisonShelfTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly ReceiverDouble _poison = new();
    private readonly ReceiverDouble _deadLetters = new();
    private readonly List<ServiceBusMessage> _sent = [];
    private readonly ListLogger<PoisonShelf> _logger = new();
    private readonly PoisonShelf _shelf;
    private Func<ServiceBusMessage, Exception?> _sendFailure = static _ => null;

    public PoisonShelfTests()
    {
        var client = new Mock<ServiceBusClient>(MockBehavior.Strict);
        client.Setup(c => c.CreateReceiver("poison")).Returns(_poison);
        client
            .Setup(c => c.CreateReceiver("conferences", It.Is<ServiceBusReceiverOptions>(o => o.SubQueue == SubQueue.DeadLetter && o.PrefetchCount == 0)))
            .Returns(_deadLetters);
        var sender = new SenderDouble(Take, static (count, _) => count < 1).Sender;
        _shelf = new PoisonShelf(
            client.Object,
            new ServiceBusSettings("", null, null, "conferences", "poison"),
            new ConferenceQueue(new BatchingSender(sender), _clock),
            _clock,
            _logger);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _poison.DisposeAsync();
        await _deadLetters.DisposeAsync();
    }

    [Fact]
    public async Task A_broker_that_peeks_from_the_start_whatever_it_is_asked_is_listed_once()
    {
        _poison.IgnoresWhereToStart = true;
        Add(1, 2, 3);

        var page = await _shelf.ListAsync(PoisonSource.Poison, null, 100, 0, Cancellation);

        Assert.Equal([1L, 2, 3], page.Messages.Select(static m => m.Id));
    }

    [Fact]
    public void A_message_that_a_broker_peeks_without_a_header_is_shown()
    {
        var message = ServiceBusReceivedMessage.FromAmqpMessage(
            new AmqpAnnotatedMessage(AmqpMessageBody.FromData([BinaryData.FromString("{}").ToMemory()])), BinaryData.FromBytes(new byte[16]));

        Assert.Equal(0, PoisonedMessage.From(message).DeliveryCount);
    }

    [Fact]
    public async Task A_page_shows_the_oldest_first_and_where_to_go_on()
    {
        Add(1, 2, 3);

        var first = await _shelf.ListAsync(PoisonSource.Poison, null, 2, 0, Cancellation);
        var second = await _shelf.ListAsync(PoisonSource.Poison, null, 2, first.Next!.Value, Cancellation);

        Assert.Equal([1L, 2], first.Messages.Select(static m => m.Id));
        Assert.Equal(3, first.Next);
        Assert.Equal([3L], second.Messages.Select(static m => m.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task A_reason_is_the_beginning_of_the_reason_or_of_DingTalks_code_in_any_case()
    {
        _poison.Add(1, properties: new() { ["reason"] = "retriesSpent", ["code"] = "systemError%!(EXTRA string=1)" });
        _poison.Add(2, properties: new() { ["reason"] = "quotaExhausted" });
        _poison.Add(3);

        Assert.Equal([1L], await ListedAsync("SystemError"));
        Assert.Equal([1L], await ListedAsync("retriesspent"));
        Assert.Equal([2L], await ListedAsync("quota"));
        Assert.Empty(await ListedAsync("xhausted"));
    }

    [Fact]
    public async Task A_message_is_shown_with_all_that_is_known_of_its_end()
    {
        _poison.Add(1, properties: new()
        {
            ["reason"] = "retriesSpent",
            ["code"] = "systemError",
            ["message"] = "it broke",
            ["request-id"] = "r-1",
            ["http-status"] = 500,
            ["step"] = 6,
            ["checks"] = 1,
            ["faults"] = 5,
            ["throttles"] = 2,
            ["first-enqueued-at"] = "2026-11-22T08:00:00.0000000Z",
            ["first-failure-at"] = "2026-11-23T07:00:00.0000000Z",
            ["last-failure-at"] = "2026-11-23T08:00:00.0000000Z",
            ["original-message-id"] = "conf-1:ended:1/6",
            ["exception-type"] = "System.Exception",
            ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        });

        var message = Assert.Single((await _shelf.ListAsync(PoisonSource.Poison, null, 10, 0, Cancellation)).Messages);

        Assert.Equal(
            new PoisonedMessage
            {
                Id = 1,
                MessageId = "conf-1:ended",
                ConferenceId = "conf-1",
                Reason = "retriesSpent",
                Code = "systemError",
                Message = "it broke",
                RequestId = "r-1",
                HttpStatus = 500,
                ExceptionType = "System.Exception",
                Step = 6,
                Checks = 1,
                Faults = 5,
                Throttles = 2,
                DeliveryCount = message.DeliveryCount,
                EnqueuedAt = message.EnqueuedAt,
                FirstEnqueuedAt = Now.AddDays(-1),
                FirstFailureAt = Now.AddHours(-1),
                LastFailureAt = Now,
                OriginalMessageId = "conf-1:ended:1/6",
                TraceId = "0af7651916cd43dd8448eb211c80319c",
                Body = message.Body,
            },
            message);
    }

    [Fact]
    public async Task A_replayed_message_begins_a_lineage_of_its_own_with_its_counters_reset()
    {
        _poison.Add(7, properties: new()
        {
            ["root"] = "conf-7:ended:3",
            ["step"] = 6,
            ["checks"] = 1,
            ["faults"] = 5,
            ["throttles"] = 1,
            ["refused-union-ids"] = "u",
            ["first-enqueued-at"] = "2026-11-16T08:00:00.0000000Z",
            ["first-failure-at"] = "2026-11-23T07:00:00.0000000Z",
            ["ended-at-source"] = "event",
            ["recording-confirmed"] = true,
            ["code"] = "systemError",
        });

        await ReplayAsync(PoisonSource.Poison, new PoisonSelection.All());

        var sent = Assert.Single(_sent);
        Assert.Equal("conf-7:replay:7", sent.MessageId);
        Assert.Null(ConferenceMessageJson.TryDeserialize(sent.Body, out var message));
        Assert.Equal(new ConferenceMessage("conf-7", "u", null, Now.AddHours(-1), Trigger.Replay), message);
        Assert.Equal(
            new Dictionary<string, object>
            {
                ["root"] = "conf-7:replay:7",
                ["step"] = 0,
                ["checks"] = 0,
                ["faults"] = 0,
                ["throttles"] = 0,
                ["first-enqueued-at"] = "2026-11-23T08:00:00.0000000Z",
                ["ended-at-source"] = "event",
                ["recording-confirmed"] = true,
            },
            sent.ApplicationProperties.Where(static p => p.Key != "traceparent").ToDictionary());
        Assert.Empty(_poison.Left);
    }

    [Fact]
    public async Task A_replay_remembers_that_an_event_had_announced_the_recording()
    {
        _deadLetters.Add(7, """{"conferenceId":"conf-7","trigger":"recordingReady"}""");

        await ReplayAsync(PoisonSource.DeadLetter, new PoisonSelection.All());

        Assert.Equal(true, Assert.Single(_sent).ApplicationProperties["recording-announced"]);
    }

    [Fact]
    public async Task Messages_of_one_number_in_both_queues_give_rise_to_two_messages()
    {
        _poison.Add(7, """{"conferenceId":"conf-a"}""");
        _deadLetters.Add(7, """{"conferenceId":"conf-a"}""");

        await ReplayAsync(PoisonSource.Poison, new PoisonSelection.All());
        await ReplayAsync(PoisonSource.DeadLetter, new PoisonSelection.All());

        Assert.Equal(["conf-a:replay:7", "conf-a:replay:deadletter:7"], _sent.Select(static m => m.MessageId));
    }

    [Fact]
    public async Task Only_the_meant_messages_are_replayed_and_those_before_them_are_let_go()
    {
        Add(1, 2, 3, 4, 5);

        var answer = await ReplayAsync(PoisonSource.Poison, Ids(2, 4));

        Assert.Equal([(2L, PoisonOutcome.Replayed), (4L, PoisonOutcome.Replayed)], Outcomes(answer));
        Assert.Equal([1L, 3, 5], _poison.Left);
        Assert.Empty(_poison.Locked);
        Assert.Equal(1, _poison.Abandoned[1]);
        Assert.Equal(1, _poison.Abandoned[3]);
    }

    [Fact]
    public async Task Nothing_else_is_received_where_the_meant_message_is_the_oldest()
    {
        Add(1, 2, 3);

        await ReplayAsync(PoisonSource.Poison, Ids(1));

        Assert.Equal([1], _poison.Receives);
        Assert.Empty(_poison.Abandoned);
    }

    [Fact]
    public async Task What_was_replayed_and_why_something_was_dropped_is_told()
    {
        Add(1, 2);
        _poison.Add(3, "no JSON");

        await ReplayAsync(PoisonSource.Poison, Ids(1, 3));
        await _shelf.DropAsync(PoisonSource.Poison, 2, "a test meeting", Cancellation);
        await _shelf.DropAsync(PoisonSource.Poison, 2, "once more", Cancellation);

        Assert.Equal(
            [
                "Information: 1 of 2 messages are replayed from Poison",
                "Warning: Message 2 of Poison, about conference conf-2, is dropped: a test meeting",
            ],
            _logger.Lines);
    }

    [Fact]
    public async Task A_list_ends_after_ten_thousand_messages_and_says_where_to_go_on()
    {
        Add([.. Enumerable.Range(1, 10_001).Select(static id => (long)id)]);

        var page = await _shelf.ListAsync(PoisonSource.Poison, "quota", 100, 0, Cancellation);

        Assert.Empty(page.Messages);
        Assert.Equal(10_001, page.Next);
    }

    [Fact]
    public async Task A_replay_looks_no_further_than_it_could_pick()
    {
        Add([.. Enumerable.Range(1, 2001).Select(static id => (long)id)]);
        _poison.Add(2002, properties: new() { ["reason"] = "quotaExhausted" });

        var answer = await ReplayAsync(PoisonSource.Poison, new PoisonSelection.ByReason("quota"));

        Assert.Empty(answer.Results);
        Assert.True(answer.More);
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_do_and_receives_nothing()
    {
        Add(1, 2);
        _poison.Add(3, "no JSON");

        var answer = await _shelf.ReplayAsync(PoisonSource.Poison, new PoisonSelection.All(), 10, dryRun: true, Cancellation);

        Assert.Equal([(1L, PoisonOutcome.WouldReplay), (2L, PoisonOutcome.WouldReplay), (3L, PoisonOutcome.Unreadable)], Outcomes(answer));
        Assert.True(answer.DryRun);
        Assert.Empty(_poison.Receives);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task No_more_than_the_maximum_is_replayed_and_the_answer_says_that_there_are_more()
    {
        Add(1, 2, 3);

        var answer = await _shelf.ReplayAsync(PoisonSource.Poison, new PoisonSelection.All(), 2, dryRun: false, Cancellation);

        Assert.Equal([1L, 2], answer.Results.Select(static r => r.Id));
        Assert.True(answer.More);
        Assert.Equal([3L], _poison.Left);
    }

    [Fact]
    public async Task Nothing_more_is_promised_where_the_maximum_was_just_enough()
    {
        _poison.Add(1, properties: new() { ["reason"] = "a" });
        _poison.Add(2, properties: new() { ["reason"] = "b" });

        var answer = await _shelf.ReplayAsync(PoisonSource.Poison, new PoisonSelection.ByReason("a"), 1, dryRun: false, Cancellation);

        Assert.False(answer.More);
    }

    [Fact]
    public async Task Age_counts_from_the_time_that_a_message_came_to_where_it_lies()
    {
        _poison.Add(1, enqueuedAt: Now.AddHours(-1));
        _poison.Add(2, enqueuedAt: Now.AddMinutes(-59));

        var answer = await ReplayAsync(PoisonSource.Poison, new PoisonSelection.ByAge(TimeSpan.FromHours(1)));

        Assert.Equal([(1L, PoisonOutcome.Replayed)], Outcomes(answer));
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_not_found()
    {
        Add(2);

        Assert.Equal([(1L, PoisonOutcome.NotFound), (2L, PoisonOutcome.Replayed)], Outcomes(await ReplayAsync(PoisonSource.Poison, Ids(1, 2))));
    }

    [Fact]
    public async Task A_message_that_another_receiver_holds_is_left_to_it()
    {
        Add(1, 2);
        _poison.Lock(1);

        var answer = await ReplayAsync(PoisonSource.Poison, new PoisonSelection.All());

        Assert.Equal([(1L, PoisonOutcome.Locked), (2L, PoisonOutcome.Replayed)], Outcomes(answer));
        Assert.Equal([1L], _poison.Left);
    }

    [Fact]
    public async Task A_message_that_another_operator_settles_meanwhile_is_not_found()
    {
        Add(1);
        _poison.BeforeReceive = () => _poison.Remove(1);

        Assert.Equal([(1L, PoisonOutcome.NotFound)], Outcomes(await ReplayAsync(PoisonSource.Poison, Ids(1))));
    }

    [Fact]
    public async Task A_message_behind_too_many_others_is_out_of_reach_and_the_others_are_let_go()
    {
        Add([.. Enumerable.Range(1, 2100).Select(static i => (long)i)]);

        var answer = await ReplayAsync(PoisonSource.Poison, Ids(2100));

        Assert.Equal([(2100L, PoisonOutcome.OutOfReach)], Outcomes(answer));
        Assert.Empty(_poison.Locked);
    }

    [Fact]
    public async Task The_search_ends_well_before_the_first_lock_does()
    {
        Add(1, 2, 3, 4);
        _poison.BeforeReceive = () => _clock.Advance(TimeSpan.FromSeconds(15));

        var answer = await ReplayAsync(PoisonSource.Poison, Ids(4));

        Assert.Equal([(4L, PoisonOutcome.OutOfReach)], Outcomes(answer));
        Assert.Empty(_poison.Locked);
    }

    [Fact]
    public async Task An_unreadable_message_stays()
    {
        _deadLetters.Add(1, "no JSON");

        Assert.Equal([(1L, PoisonOutcome.Unreadable)], Outcomes(await ReplayAsync(PoisonSource.DeadLetter, new PoisonSelection.All())));
        Assert.Equal([1L], _deadLetters.Left);
    }

    [Fact]
    public async Task A_message_that_the_conference_queue_does_not_take_stays_and_the_others_go()
    {
        Add(1, 2);
        _sendFailure = static message => message.MessageId == "conf-1:replay:1" ? new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy) : null;

        var answer = await ReplayAsync(PoisonSource.Poison, new PoisonSelection.All());

        Assert.Equal([(1L, PoisonOutcome.Failed), (2L, PoisonOutcome.Replayed)], Outcomes(answer));
        Assert.Equal([1L], _poison.Left);
        Assert.Empty(_poison.Locked);
    }

    [Fact]
    public async Task A_message_whose_copy_cannot_be_removed_is_reported_and_its_second_replay_has_the_same_id()
    {
        Add(1);
        _poison.CompleteFailure = static _ => new ServiceBusException("lost", ServiceBusFailureReason.MessageLockLost);

        Assert.Equal([(1L, PoisonOutcome.ReplayedNotRemoved)], Outcomes(await ReplayAsync(PoisonSource.Poison, Ids(1))));
        await ReplayAsync(PoisonSource.Poison, Ids(1));

        Assert.Equal(["conf-1:replay:1", "conf-1:replay:1"], _sent.Select(static m => m.MessageId));
        Assert.Equal([1L], _poison.Left);
    }

    [Fact]
    public async Task Held_messages_are_let_go_when_the_operator_goes()
    {
        Add(1, 2, 3);
        using var gone = new CancellationTokenSource();
        var receives = 0;
        _poison.BeforeReceive = () =>
        {
            if (++receives == 2)
            {
                gone.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _shelf.ReplayAsync(PoisonSource.Poison, Ids(3), 10, dryRun: false, gone.Token));

        Assert.Empty(_poison.Locked);
        Assert.Equal([1L, 2, 3], _poison.Left);
    }

    [Fact]
    public async Task A_dropped_message_is_gone_and_nothing_is_sent()
    {
        _deadLetters.Add(1);
        _deadLetters.Add(2, "no JSON");

        var result = await _shelf.DropAsync(PoisonSource.DeadLetter, 2, "garbage", Cancellation);

        Assert.Equal(PoisonOutcome.Dropped, result.Outcome);
        Assert.Equal([1L], _deadLetters.Left);
        Assert.Empty(_deadLetters.Locked);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_message_that_cannot_be_dropped_stays_and_says_why()
    {
        Add(1);
        _poison.CompleteFailure = static _ => new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        var result = await _shelf.DropAsync(PoisonSource.Poison, 1, "garbage", Cancellation);

        Assert.Equal(PoisonOutcome.Failed, result.Outcome);
        Assert.Contains("ServiceBusy", result.Detail, StringComparison.Ordinal);
        Assert.Empty(_poison.Locked);
    }

    private static PoisonSelection.ByIds Ids(params long[] ids) => new(ids.ToHashSet());

    private static IEnumerable<(long Id, PoisonOutcome Outcome)> Outcomes(PoisonAnswer answer) => answer.Results.Select(static r => (r.Id, r.Outcome));

    private void Add(params long[] ids) => Array.ForEach(ids, id => _poison.Add(id));

    private async Task<IEnumerable<long>> ListedAsync(string reason)
        => (await _shelf.ListAsync(PoisonSource.Poison, reason, 10, 0, Cancellation)).Messages.Select(static m => m.Id);

    private Task<PoisonAnswer> ReplayAsync(PoisonSource source, PoisonSelection selection)
        => _shelf.ReplayAsync(source, selection, 1000, dryRun: false, Cancellation);

    private Task Take(IReadOnlyList<ServiceBusMessage> messages)
    {
        if (messages.Select(_sendFailure).FirstOrDefault(static e => e is not null) is { } failure)
        {
            return Task.FromException(failure);
        }

        lock (_sent)
        {
            _sent.AddRange(messages);
        }

        return Task.CompletedTask;
    }
}
