using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

public class PeekingTests : ClientTest
{
    [Fact(Timeout = Limit)]
    public async Task Peeks_go_through_the_queue_and_take_nothing()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 5).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var receiver = Client.CreateReceiver(Queue);

        var first = await receiver.PeekMessagesAsync(2, cancellationToken: TestEnd);
        var second = await receiver.PeekMessagesAsync(2, cancellationToken: TestEnd);
        var third = await receiver.PeekMessageAsync(cancellationToken: TestEnd);

        Assert.Equal(["0", "1", "2", "3", "4"], [.. first.Concat(second).Append(third).Select(message => message.Body.ToString())]);
        Assert.Null(await receiver.PeekMessageAsync(cancellationToken: TestEnd));
        Assert.Equal(Guid.Empty.ToString(), third.LockToken);
        Assert.Equal(0, third.DeliveryCount);
        Assert.Equal(5, (await ReceiveAsync(receiver, 5)).Count);
    }

    [Fact(Timeout = Limit)]
    public async Task A_peek_can_start_anywhere()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 5).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var receiver = Client.CreateReceiver(Queue);
        var all = await receiver.PeekMessagesAsync(10, cancellationToken: TestEnd);

        var from = await receiver.PeekMessagesAsync(10, all[3].SequenceNumber, TestEnd);

        Assert.Equal(["3", "4"], from.Select(message => message.Body.ToString()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_peek_sees_locked_and_scheduled_messages()
    {
        await SendAsync(
            Queue,
            new ServiceBusMessage("locked"),
            new ServiceBusMessage("active"),
            new ServiceBusMessage("scheduled") { ScheduledEnqueueTime = DateTimeOffset.UtcNow.AddHours(1) });
        await using var receiver = Client.CreateReceiver(Queue);
        Assert.Equal("locked", (await ReceiveAsync(receiver)).Body.ToString());

        var peeked = await receiver.PeekMessagesAsync(10, cancellationToken: TestEnd);

        Assert.Equal(["active", "locked", "scheduled"], peeked.Select(message => message.Body.ToString()).Order());
        Assert.Equal(
            ServiceBusMessageState.Scheduled,
            peeked.Single(message => message.Body.ToString() == "scheduled").State);
    }

    [Fact(Timeout = Limit)]
    public async Task An_empty_queue_has_nothing_to_peek_at()
    {
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Null(await receiver.PeekMessageAsync(cancellationToken: TestEnd));
        Assert.Empty(await receiver.PeekMessagesAsync(10, cancellationToken: TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Dead_letters_can_be_peeked_at()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        await receiver.DeadLetterMessageAsync(await ReceiveAsync(receiver), "reason", cancellationToken: TestEnd);
        await using var deadLetters = DeadLettersOf(Queue);

        Assert.Equal("reason", (await deadLetters.PeekMessageAsync(cancellationToken: TestEnd)).DeadLetterReason);
    }
}
