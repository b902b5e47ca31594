using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

public class ReceivingTests : ClientTest
{
    private static readonly ServiceBusReceiverOptions Delete = new() { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete };

    [Fact(Timeout = Limit)]
    public async Task An_empty_queue_gives_nothing_once_the_wait_is_over()
    {
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Null(await receiver.ReceiveMessageAsync(Glance, TestEnd));
        Assert.Empty(await receiver.ReceiveMessagesAsync(10, Glance, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_receive_waits_for_a_message()
    {
        await using var receiver = Client.CreateReceiver(Queue);
        var receive = receiver.ReceiveMessageAsync(Ample, TestEnd);
        Assert.False(receive.IsCompleted);

        await SendAsync(Queue, new ServiceBusMessage("body"));

        Assert.Equal("body", (await receive).Body.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_receive_takes_no_more_than_it_was_asked_to()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 5).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var first = Client.CreateReceiver(Queue);
        await using var second = Client.CreateReceiver(Queue);

        Assert.Equal(["0", "1"], (await ReceiveAsync(first, 2)).Select(message => message.Body.ToString()));
        Assert.Equal(["2", "3", "4"], (await ReceiveAsync(second, 3)).Select(message => message.Body.ToString()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_receive_does_not_wait_for_more_than_there_is()
    {
        await SendAsync(Queue, new ServiceBusMessage("0"), new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.NotEmpty(await receiver.ReceiveMessagesAsync(100, TimeSpan.FromHours(1), TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Concurrent_receives_get_different_messages()
    {
        await using var receiver = Client.CreateReceiver(Queue);
        var receives = Enumerable.Range(0, 20).Select(_ => receiver.ReceiveMessageAsync(Ample, TestEnd)).ToList();
        await SendAsync(Queue, [.. Enumerable.Range(0, 20).Select(i => new ServiceBusMessage($"{i}"))]);

        var messages = await Task.WhenAll(receives);

        Assert.Equal(20, messages.Select(message => message.Body.ToString()).Distinct().Count());
    }

    [Fact(Timeout = Limit)]
    public async Task A_receiver_that_gave_up_waiting_locks_nothing()
    {
        await using var patient = Client.CreateReceiver(Queue);
        await using var gone = Client.CreateReceiver(Queue);
        await AssertEmptyAsync(gone);

        await SendAsync(Queue, new ServiceBusMessage("body"));

        Assert.Equal(1, (await ReceiveAsync(patient)).DeliveryCount);
    }

    [Fact(Timeout = Limit)]
    public async Task A_receiver_that_got_less_than_it_asked_for_locks_nothing_more()
    {
        await SendAsync(Queue, new ServiceBusMessage("0"));
        await using var greedy = Client.CreateReceiver(Queue);
        Assert.Single(await greedy.ReceiveMessagesAsync(50, Ample, TestEnd));
        await using var other = Client.CreateReceiver(Queue);

        await SendAsync(Queue, new ServiceBusMessage("1"));

        Assert.Equal("1", (await ReceiveAsync(other)).Body.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_canceled_receive_locks_nothing()
    {
        await using var receiver = Client.CreateReceiver(Queue);
        await using var other = Client.CreateReceiver(Queue);
        await AssertEmptyAsync(receiver);
        using var giveUp = new CancellationTokenSource();
        var receive = receiver.ReceiveMessageAsync(Ample, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => receive);

        await SendAsync(Queue, new ServiceBusMessage("body"));

        Assert.Equal(1, (await ReceiveAsync(other)).DeliveryCount);
    }

    [Fact(Timeout = Limit)]
    public async Task A_receive_that_is_canceled_before_it_starts_does_not_start()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);

        await Assert.ThrowsAsync<TaskCanceledException>(() => receiver.ReceiveMessageAsync(Ample, Canceled));

        Assert.Equal(1, (await ReceiveAsync(receiver)).DeliveryCount);
    }

    [Fact(Timeout = Limit)]
    public async Task A_receiver_can_be_used_again_after_a_canceled_receive()
    {
        await using var receiver = Client.CreateReceiver(Queue);
        using var giveUp = new CancellationTokenSource();
        var receive = receiver.ReceiveMessageAsync(Ample, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => receive);
        await SendAsync(Queue, new ServiceBusMessage("body"));

        Assert.Equal("body", (await ReceiveAsync(receiver)).Body.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_received_to_be_deleted_is_gone()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 300).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var receiver = Client.CreateReceiver(Queue, Delete);

        var messages = new List<ServiceBusReceivedMessage>();
        for (var i = 0; i < 300; i++)
        {
            messages.Add(await ReceiveAsync(receiver));
        }

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), messages.Select(message => message.Body.ToString()));
        Assert.Empty(await receiver.PeekMessagesAsync(10, 1, TestEnd));
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(messages[0], TestEnd));
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.RenewMessageLockAsync(messages[0], TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Prefetched_messages_are_there_without_a_wait()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 50).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var receiver = Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { PrefetchCount = 10 });

        for (var i = 0; i < 50; i++)
        {
            var message = await ReceiveAsync(receiver);
            Assert.Equal($"{i}", message.Body.ToString());
            await receiver.CompleteMessageAsync(message, TestEnd);
        }

        Assert.Empty(await receiver.ReceiveMessagesAsync(1, TimeSpan.Zero, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_wait_of_no_length_is_refused_without_prefetching()
    {
        await using var receiver = Client.CreateReceiver(Queue);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => receiver.ReceiveMessageAsync(TimeSpan.Zero, TestEnd));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => receiver.ReceiveMessagesAsync(0, Ample, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_can_be_received_as_a_stream()
    {
        await SendAsync(Queue, new ServiceBusMessage("0"), new ServiceBusMessage("1"), new ServiceBusMessage("2"));
        await using var receiver = Client.CreateReceiver(Queue);
        var bodies = new List<string>();

        await foreach (var message in receiver.ReceiveMessagesAsync(TestEnd))
        {
            bodies.Add(message.Body.ToString());
            await receiver.CompleteMessageAsync(message, TestEnd);
            if (bodies.Count == 3)
            {
                break;
            }
        }

        Assert.Equal(["0", "1", "2"], bodies);
    }

    [Fact(Timeout = Limit)]
    public async Task An_unknown_queue_cannot_be_received_from()
    {
        await using var receiver = Client.CreateReceiver("no-such-queue");

        await FailsAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => receiver.ReceiveMessageAsync(Ample, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_closed_receiver_refuses_to_receive()
    {
        var receiver = Client.CreateReceiver(Queue);
        await receiver.CloseAsync(TestEnd);
        await receiver.CloseAsync(TestEnd);

        Assert.True(receiver.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiver.ReceiveMessageAsync(Ample, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_large_message_arrives_whole()
    {
        var body = new byte[250_000];
        new Random(7).NextBytes(body);
        await SendAsync(Queue, new ServiceBusMessage(body));
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Equal(body, (await ReceiveAsync(receiver)).Body.ToArray());
    }
}
