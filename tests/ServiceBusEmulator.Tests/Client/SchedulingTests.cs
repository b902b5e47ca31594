using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

public class SchedulingTests : ClientTest
{
    private static readonly DateTimeOffset Far = Soon(TimeSpan.FromHours(1));

    [Fact(Timeout = Limit)]
    public async Task A_scheduled_message_waits_in_the_queue()
    {
        await using var sender = Client.CreateSender(Queue);
        var number = await sender.ScheduleMessageAsync(new ServiceBusMessage("later") { MessageId = "id" }, Far, TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        var peeked = await receiver.PeekMessageAsync(cancellationToken: TestEnd);

        Assert.Equal(number, peeked.SequenceNumber);
        Assert.Equal(ServiceBusMessageState.Scheduled, peeked.State);
        Assert.Equal("id", peeked.MessageId);
        Assert.Equal("later", peeked.Body.ToString());
        Assert.Equal(Far, peeked.ScheduledEnqueueTime);
        await AssertEmptyAsync(receiver);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_that_says_when_to_come_comes_no_sooner()
    {
        var due = Soon(TimeSpan.FromMilliseconds(700));
        await SendAsync(Queue, new ServiceBusMessage("later") { ScheduledEnqueueTime = due });
        await using var receiver = Client.CreateReceiver(Queue);

        var later = await ReceiveAsync(receiver);

        Assert.Equal("later", later.Body.ToString());
        Assert.True(later.EnqueuedTime >= due);
        Assert.Equal(ServiceBusMessageState.Active, later.State);
        Assert.Equal(due, later.ScheduledEnqueueTime);
    }

    [Fact(Timeout = Limit)]
    public async Task A_scheduled_message_comes_when_it_is_due()
    {
        await using var sender = Client.CreateSender(Queue);
        await sender.ScheduleMessagesAsync(
            [new ServiceBusMessage("one"), new ServiceBusMessage("two")],
            DateTimeOffset.UtcNow.AddMilliseconds(300),
            TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Equal(["one", "two"], (await ReceiveAsync(receiver, 2)).Select(message => message.Body.ToString()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_scheduled_message_can_be_taken_back()
    {
        await using var sender = Client.CreateSender(Queue);
        var numbers = await sender.ScheduleMessagesAsync(
            [new ServiceBusMessage("one"), new ServiceBusMessage("two"), new ServiceBusMessage("three")],
            Far,
            TestEnd);
        await sender.CancelScheduledMessagesAsync([numbers[0], numbers[2]], TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        var left = await receiver.PeekMessagesAsync(10, cancellationToken: TestEnd);

        Assert.Equal(numbers[1], Assert.Single(left).SequenceNumber);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_not_scheduled_cannot_be_taken_back()
    {
        await using var sender = Client.CreateSender(Queue);

        await FailsAsync(ServiceBusFailureReason.MessageNotFound, () => sender.CancelScheduledMessageAsync(4711, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Scheduled_messages_can_be_sent_in_a_batch()
    {
        await using var sender = Client.CreateSender(Queue);
        await sender.SendMessagesAsync(
            [new ServiceBusMessage("later") { ScheduledEnqueueTime = Far }, new ServiceBusMessage("now")],
            TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Equal("now", (await ReceiveAsync(receiver)).Body.ToString());
        await AssertEmptyAsync(receiver);
        var states = (await receiver.PeekMessagesAsync(10, 1, TestEnd)).Select(message => message.State);
        Assert.Contains(ServiceBusMessageState.Scheduled, states);
    }

    [Fact(Timeout = Limit)]
    public async Task An_unknown_queue_cannot_be_scheduled_to()
    {
        await using var sender = Client.CreateSender("no-such-queue");

        await FailsAsync(
            ServiceBusFailureReason.MessagingEntityNotFound,
            () => sender.ScheduleMessageAsync(new ServiceBusMessage("body"), Far, TestEnd));
    }

    /// <summary>A time from now, in whole milliseconds as AMQP counts them.</summary>
    private static DateTimeOffset Soon(TimeSpan wait)
        => DateTimeOffset.FromUnixTimeMilliseconds((DateTimeOffset.UtcNow + wait).ToUnixTimeMilliseconds());
}
