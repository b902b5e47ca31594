using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Failed;

namespace MeetingRecordings.Functions.Tests.Failed;

public sealed class FailedReplayTests : FailedMessagesTest
{
    [Fact]
    public async Task A_replayed_message_begins_a_lineage_of_its_own_with_its_counters_reset()
    {
        Poison.Add(7, properties: new()
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

        await ReplayAsync(FailedQueue.Poison, new FailedSelection.All());

        var sent = Assert.Single(Sent);
        Assert.Equal("conf-7:replay:7", sent.MessageId);
        Assert.True(ConferenceMessageJson.Parse(sent.Body).Succeeded(out var message, out _));
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
        Assert.Empty(Poison.Left);
    }

    [Fact]
    public async Task A_replay_remembers_that_an_event_had_announced_the_recording()
    {
        DeadLetters.Add(7, """{"conferenceId":"conf-7","trigger":"recordingReady"}""");

        await ReplayAsync(FailedQueue.DeadLetter, new FailedSelection.All());

        Assert.Equal(true, Assert.Single(Sent).ApplicationProperties["recording-announced"]);
    }

    [Fact]
    public async Task Messages_of_one_number_in_both_queues_give_rise_to_two_messages()
    {
        Poison.Add(7, """{"conferenceId":"conf-a"}""");
        DeadLetters.Add(7, """{"conferenceId":"conf-a"}""");

        await ReplayAsync(FailedQueue.Poison, new FailedSelection.All());
        await ReplayAsync(FailedQueue.DeadLetter, new FailedSelection.All());

        Assert.Equal(["conf-a:replay:7", "conf-a:replay:deadletter:7"], Sent.Select(static m => m.MessageId));
    }

    [Fact]
    public async Task Only_the_meant_messages_are_replayed_and_those_before_them_are_let_go()
    {
        Add(1, 2, 3, 4, 5);

        var answer = await ReplayAsync(FailedQueue.Poison, Ids(2, 4));

        Assert.Equal([(2L, MessageOutcome.Replayed), (4L, MessageOutcome.Replayed)], Outcomes(answer));
        Assert.Equal([1L, 3, 5], Poison.Left);
        Assert.Empty(Poison.Locked);
        Assert.Equal(1, Poison.Abandoned[1]);
        Assert.Equal(1, Poison.Abandoned[3]);
    }

    [Fact]
    public async Task Nothing_else_is_received_where_the_meant_message_is_the_oldest()
    {
        Add(1, 2, 3);

        await ReplayAsync(FailedQueue.Poison, Ids(1));

        Assert.Equal([1], Poison.Receives);
        Assert.Empty(Poison.Abandoned);
    }

    [Fact]
    public async Task What_was_replayed_and_why_something_was_dropped_is_told()
    {
        Add(1, 2);
        Poison.Add(3, "no JSON");

        await ReplayAsync(FailedQueue.Poison, Ids(1, 3));
        await Drop.DropAsync(FailedQueue.Poison, 2, "a test meeting", Cancellation);
        await Drop.DropAsync(FailedQueue.Poison, 2, "once more", Cancellation);

        Assert.Equal(["Information: 1 of 2 messages are replayed from Poison"], ReplayLogger.Lines);
        Assert.Equal(["Warning: Message 2 of Poison, about conference conf-2, is dropped: a test meeting"], DropLogger.Lines);
    }

    [Fact]
    public async Task A_replay_looks_no_further_than_it_could_pick()
    {
        Add([.. Enumerable.Range(1, 2001).Select(static id => (long)id)]);
        Poison.Add(2002, properties: new() { ["reason"] = "quotaExhausted" });

        var answer = await ReplayAsync(FailedQueue.Poison, new FailedSelection.ByReason("quota"));

        Assert.Empty(answer.Results);
        Assert.True(answer.More);
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_do_and_receives_nothing()
    {
        Add(1, 2);
        Poison.Add(3, "no JSON");

        var answer = await Replay.ReplayAsync(FailedQueue.Poison, new FailedSelection.All(), 10, dryRun: true, Cancellation);

        Assert.Equal([(1L, MessageOutcome.WouldReplay), (2L, MessageOutcome.WouldReplay), (3L, MessageOutcome.Unreadable)], Outcomes(answer));
        Assert.True(answer.DryRun);
        Assert.Empty(Poison.Receives);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task No_more_than_the_maximum_is_replayed_and_the_answer_says_that_there_are_more()
    {
        Add(1, 2, 3);

        var answer = await Replay.ReplayAsync(FailedQueue.Poison, new FailedSelection.All(), 2, dryRun: false, Cancellation);

        Assert.Equal([1L, 2], answer.Results.Select(static r => r.Id));
        Assert.True(answer.More);
        Assert.Equal([3L], Poison.Left);
    }

    [Fact]
    public async Task Nothing_more_is_promised_where_the_maximum_was_just_enough()
    {
        Poison.Add(1, properties: new() { ["reason"] = "a" });
        Poison.Add(2, properties: new() { ["reason"] = "b" });

        var answer = await Replay.ReplayAsync(FailedQueue.Poison, new FailedSelection.ByReason("a"), 1, dryRun: false, Cancellation);

        Assert.False(answer.More);
    }

    [Fact]
    public async Task Age_counts_from_the_time_that_a_message_came_to_where_it_lies()
    {
        Poison.Add(1, enqueuedAt: Now.AddHours(-1));
        Poison.Add(2, enqueuedAt: Now.AddMinutes(-59));

        var answer = await ReplayAsync(FailedQueue.Poison, new FailedSelection.ByAge(TimeSpan.FromHours(1)));

        Assert.Equal([(1L, MessageOutcome.Replayed)], Outcomes(answer));
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_not_found()
    {
        Add(2);

        Assert.Equal([(1L, MessageOutcome.NotFound), (2L, MessageOutcome.Replayed)], Outcomes(await ReplayAsync(FailedQueue.Poison, Ids(1, 2))));
    }

    [Fact]
    public async Task A_message_that_another_receiver_holds_is_left_to_it()
    {
        Add(1, 2);
        Poison.Lock(1);

        var answer = await ReplayAsync(FailedQueue.Poison, new FailedSelection.All());

        Assert.Equal([(1L, MessageOutcome.Locked), (2L, MessageOutcome.Replayed)], Outcomes(answer));
        Assert.Equal([1L], Poison.Left);
    }

    [Fact]
    public async Task A_message_that_another_operator_settles_meanwhile_is_not_found()
    {
        Add(1);
        Poison.BeforeReceive = () => Poison.Remove(1);

        Assert.Equal([(1L, MessageOutcome.NotFound)], Outcomes(await ReplayAsync(FailedQueue.Poison, Ids(1))));
    }

    [Fact]
    public async Task A_message_behind_too_many_others_is_out_of_reach_and_the_others_are_let_go()
    {
        Add([.. Enumerable.Range(1, 2100).Select(static i => (long)i)]);

        var answer = await ReplayAsync(FailedQueue.Poison, Ids(2100));

        Assert.Equal([(2100L, MessageOutcome.OutOfReach)], Outcomes(answer));
        Assert.Empty(Poison.Locked);
    }

    [Fact]
    public async Task The_search_ends_well_before_the_first_lock_does()
    {
        Add(1, 2, 3, 4);
        Poison.BeforeReceive = () => Clock.Advance(TimeSpan.FromSeconds(15));

        var answer = await ReplayAsync(FailedQueue.Poison, Ids(4));

        Assert.Equal([(4L, MessageOutcome.OutOfReach)], Outcomes(answer));
        Assert.Empty(Poison.Locked);
    }

    [Fact]
    public async Task An_unreadable_message_stays()
    {
        DeadLetters.Add(1, "no JSON");

        Assert.Equal([(1L, MessageOutcome.Unreadable)], Outcomes(await ReplayAsync(FailedQueue.DeadLetter, new FailedSelection.All())));
        Assert.Equal([1L], DeadLetters.Left);
    }

    [Fact]
    public async Task A_message_that_the_conference_queue_does_not_take_stays_and_the_others_go()
    {
        Add(1, 2);
        SendFailure = static message => message.MessageId == "conf-1:replay:1" ? new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy) : null;

        var answer = await ReplayAsync(FailedQueue.Poison, new FailedSelection.All());

        Assert.Equal([(1L, MessageOutcome.Failed), (2L, MessageOutcome.Replayed)], Outcomes(answer));
        Assert.Equal([1L], Poison.Left);
        Assert.Empty(Poison.Locked);
    }

    [Fact]
    public async Task A_message_whose_copy_cannot_be_removed_is_reported_and_its_second_replay_has_the_same_id()
    {
        Add(1);
        Poison.CompleteFailure = static _ => new ServiceBusException("lost", ServiceBusFailureReason.MessageLockLost);

        Assert.Equal([(1L, MessageOutcome.ReplayedNotRemoved)], Outcomes(await ReplayAsync(FailedQueue.Poison, Ids(1))));
        await ReplayAsync(FailedQueue.Poison, Ids(1));

        Assert.Equal(["conf-1:replay:1", "conf-1:replay:1"], Sent.Select(static m => m.MessageId));
        Assert.Equal([1L], Poison.Left);
    }

    [Fact]
    public async Task Held_messages_are_let_go_when_the_operator_goes()
    {
        Add(1, 2, 3);
        using var gone = new CancellationTokenSource();
        var receives = 0;
        Poison.BeforeReceive = () =>
        {
            if (++receives == 2)
            {
                gone.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Replay.ReplayAsync(FailedQueue.Poison, Ids(3), 10, dryRun: false, gone.Token));

        Assert.Empty(Poison.Locked);
        Assert.Equal([1L, 2, 3], Poison.Left);
    }

    private static FailedSelection.ByIds Ids(params long[] ids) => new(ids.ToHashSet());

    private static IEnumerable<(long Id, MessageOutcome Outcome)> Outcomes(ReplayAnswer answer) => answer.Results.Select(static r => (r.Id, r.Outcome));

    private Task<ReplayAnswer> ReplayAsync(FailedQueue source, FailedSelection selection)
        => Replay.ReplayAsync(source, selection, 1000, dryRun: false, Cancellation);
}
