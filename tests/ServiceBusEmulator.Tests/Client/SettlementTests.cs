using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

public class SettlementTests : ClientTest
{
    [Fact(Timeout = Limit)]
    public async Task A_completed_message_is_gone()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);

        await receiver.CompleteMessageAsync(await ReceiveAsync(receiver), TestEnd);

        Assert.Empty(await receiver.PeekMessagesAsync(10, cancellationToken: TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Settlements_do_not_wait_for_each_other()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 200).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var receiver = Client.CreateReceiver(Queue);
        var messages = await ReceiveAsync(receiver, 200);

        await Task.WhenAll(messages.Select(message => receiver.CompleteMessageAsync(message, TestEnd)));

        Assert.Empty(await receiver.PeekMessagesAsync(10, cancellationToken: TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task An_abandoned_message_comes_again_with_its_new_properties()
    {
        await SendAsync(Queue, new ServiceBusMessage("body") { ApplicationProperties = { ["kept"] = 1, ["changed"] = 1 } });
        await using var receiver = Client.CreateReceiver(Queue);

        await receiver.AbandonMessageAsync(
            await ReceiveAsync(receiver),
            new Dictionary<string, object> { ["changed"] = 2, ["added"] = "new" },
            TestEnd);

        var again = await ReceiveAsync(receiver);
        Assert.Equal(2, again.DeliveryCount);
        Assert.Equal(1, again.ApplicationProperties["kept"]);
        Assert.Equal(2, again.ApplicationProperties["changed"]);
        Assert.Equal("new", again.ApplicationProperties["added"]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_dead_lettered_message_says_why()
    {
        await SendAsync(Queue, new ServiceBusMessage("body") { MessageId = "id", ApplicationProperties = { ["kept"] = 1 } });
        await using var receiver = Client.CreateReceiver(Queue);

        await receiver.DeadLetterMessageAsync(
            await ReceiveAsync(receiver),
            new Dictionary<string, object> { ["added"] = 7L },
            "malformed",
            "It is no JSON.",
            TestEnd);

        await using var deadLetters = DeadLettersOf(Queue);
        var letter = await ReceiveAsync(deadLetters);
        Assert.Equal("malformed", letter.DeadLetterReason);
        Assert.Equal("It is no JSON.", letter.DeadLetterErrorDescription);
        Assert.Equal("id", letter.MessageId);
        Assert.Equal("body", letter.Body.ToString());
        Assert.Equal(1, letter.ApplicationProperties["kept"]);
        Assert.Equal(7L, letter.ApplicationProperties["added"]);
        await deadLetters.CompleteMessageAsync(letter, TestEnd);
        Assert.Null(await deadLetters.PeekMessageAsync(1, TestEnd));
        Assert.Null(await receiver.PeekMessageAsync(1, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_can_be_dead_lettered_without_a_reason()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);

        await receiver.DeadLetterMessageAsync(await ReceiveAsync(receiver), cancellationToken: TestEnd);

        await using var deadLetters = DeadLettersOf(Queue);
        Assert.Null((await ReceiveAsync(deadLetters)).DeadLetterReason);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reason_that_is_too_long_is_refused()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => receiver.DeadLetterMessageAsync(message, new string('x', 4_097), cancellationToken: TestEnd));
        await receiver.CompleteMessageAsync(message, TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_that_keeps_coming_back_is_dead_lettered()
    {
        await SendAsync(Strict, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Strict);
        await receiver.AbandonMessageAsync(await ReceiveAsync(receiver), cancellationToken: TestEnd);
        await receiver.AbandonMessageAsync(await ReceiveAsync(receiver), cancellationToken: TestEnd);
        await using var deadLetters = DeadLettersOf(Strict);

        Assert.Equal("MaxDeliveryCountExceeded", (await ReceiveAsync(deadLetters)).DeadLetterReason);
        await AssertEmptyAsync(receiver);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_that_outlived_its_time_is_dead_lettered()
    {
        await SendAsync(Aging, new ServiceBusMessage("body") { TimeToLive = TimeSpan.FromMilliseconds(50) });
        await using var deadLetters = DeadLettersOf(Aging);

        Assert.Equal("TTLExpiredException", (await ReceiveAsync(deadLetters)).DeadLetterReason);
    }

    [Fact(Timeout = Limit)]
    public async Task A_lost_lock_is_noticed_by_every_settlement()
    {
        await SendAsync(Hasty, new ServiceBusMessage("body"));
        await using var slow = Client.CreateReceiver(Hasty);
        var lost = await ReceiveAsync(slow);
        await using var next = Client.CreateReceiver(Hasty);
        var again = await ReceiveAsync(next);
        Assert.Equal(2, again.DeliveryCount);

        var exception = await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => slow.CompleteMessageAsync(lost, TestEnd));
        Assert.False(exception.IsTransient);
        await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => slow.AbandonMessageAsync(lost, cancellationToken: TestEnd));
        await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => slow.DeadLetterMessageAsync(lost, cancellationToken: TestEnd));
        await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => slow.RenewMessageLockAsync(lost, TestEnd));
        await next.CompleteMessageAsync(again, TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_can_be_settled_once()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        await receiver.CompleteMessageAsync(message, TestEnd);

        await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(message, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Another_receiver_can_complete_a_message()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        await using var other = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);

        await other.CompleteMessageAsync(message, TestEnd);

        Assert.Null(await receiver.PeekMessageAsync(1, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Another_receiver_can_abandon_a_message()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        await using var other = Client.CreateReceiver(Queue);

        await other.AbandonMessageAsync(
            await ReceiveAsync(receiver),
            new Dictionary<string, object> { ["added"] = "new" },
            TestEnd);

        var again = await ReceiveAsync(other);
        Assert.Equal(2, again.DeliveryCount);
        Assert.Equal("new", again.ApplicationProperties["added"]);
    }

    [Fact(Timeout = Limit)]
    public async Task Another_receiver_can_dead_letter_a_message()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        await using var other = Client.CreateReceiver(Queue);

        await other.DeadLetterMessageAsync(await ReceiveAsync(receiver), "reason", "description", TestEnd);

        await using var deadLetters = DeadLettersOf(Queue);
        var letter = await ReceiveAsync(deadLetters);
        Assert.Equal("reason", letter.DeadLetterReason);
        Assert.Equal("description", letter.DeadLetterErrorDescription);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_of_a_closed_receiver_stays_locked_and_can_be_settled_by_another()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        await receiver.CloseAsync(TestEnd);
        await using var other = Client.CreateReceiver(Queue);
        await AssertEmptyAsync(other);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiver.CompleteMessageAsync(message, TestEnd));
        await other.CompleteMessageAsync(message, TestEnd);

        Assert.Null(await other.PeekMessageAsync(1, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Renewing_a_lock_moves_its_end()
    {
        await SendAsync(Hasty, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Hasty);
        await using var other = Client.CreateReceiver(Hasty);
        var message = await ReceiveAsync(receiver);
        var until = message.LockedUntil;

        // Far beyond the first lock's end, without anybody else seeing the message.
        while (DateTimeOffset.UtcNow < until.AddSeconds(1))
        {
            await receiver.RenewMessageLockAsync(message, TestEnd);
            await AssertEmptyAsync(other);
        }

        Assert.True(message.LockedUntil > until);
        await receiver.CompleteMessageAsync(message, TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_canceled_settlement_is_not_made()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);

        await Assert.ThrowsAsync<TaskCanceledException>(() => receiver.CompleteMessageAsync(message, Canceled));
        await receiver.CompleteMessageAsync(message, TestEnd);
    }
}
