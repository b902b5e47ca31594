using System.Threading.Channels;
using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

/// <summary>What clients make of a broker that fails. The faults are the emulator's: these tests cannot run against Azure.</summary>
public class ConnectionFaultTests : ClientTest
{
    protected override ServiceBusClientOptions Options => new()
    {
        RetryOptions = new ServiceBusRetryOptions { Delay = TimeSpan.FromMilliseconds(20), MaxRetries = 3 },
    };

    [Fact(Timeout = Limit)]
    public async Task A_sender_connects_again()
    {
        await using var sender = Client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("before"), TestEnd);
        Emulator.Faults.DropConnections();

        await sender.SendMessageAsync(new ServiceBusMessage("after"), TestEnd);

        await using var receiver = Client.CreateReceiver(Queue);
        Assert.Equal(["before", "after"], (await ReceiveAsync(receiver, 2)).Select(message => message.Body.ToString()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_receive_that_waits_goes_on_over_a_new_connection()
    {
        await using var receiver = Client.CreateReceiver(Queue);
        await AssertEmptyAsync(receiver);
        var receive = receiver.ReceiveMessageAsync(Ample, TestEnd);
        Emulator.Faults.DropConnections();

        await SendAsync(Queue, new ServiceBusMessage("body"));

        Assert.Equal("body", (await receive).Body.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_processor_goes_on_over_a_new_connection()
    {
        await using var processor = Client.CreateProcessor(Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 4 });
        var bodies = Channel.CreateUnbounded<string>();
        processor.ProcessMessageAsync += async args => await bodies.Writer.WriteAsync(args.Message.Body.ToString(), TestEnd);
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync(TestEnd);

        for (var i = 0; i < 3; i++)
        {
            await SendAsync(Queue, new ServiceBusMessage($"{i}"));
            Assert.Equal($"{i}", await bodies.Reader.ReadAsync(TestEnd));
            Emulator.Faults.DropConnections();
        }

        await processor.StopProcessingAsync(TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_received_before_the_connection_broke_can_be_settled_after()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        Emulator.Faults.DropConnections();

        await receiver.CompleteMessageAsync(message, TestEnd);

        Assert.Null(await receiver.PeekMessageAsync(1, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_lock_can_be_renewed_over_a_new_connection()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        Emulator.Faults.DropConnections();

        await receiver.RenewMessageLockAsync(message, TestEnd);
        await receiver.CompleteMessageAsync(message, TestEnd);

        Assert.Null(await receiver.PeekMessageAsync(1, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_settlement_that_was_applied_when_the_connection_broke_is_not_applied_twice()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        Emulator.Faults.DropConnectionAfterSettlement(Queue);

        await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(message, TestEnd));

        Assert.Null(await receiver.PeekMessageAsync(1, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_settlement_that_the_broken_connection_swallowed_is_reported()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        var message = await ReceiveAsync(receiver);
        Emulator.Faults.DropConnectionBeforeSettlement(Queue);

        await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(message, TestEnd));

        Assert.NotNull(await receiver.PeekMessageAsync(1, TestEnd));
        await receiver.CompleteMessageAsync(message, TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_lost_lock_is_told_on_the_link_that_goes_on()
    {
        await SendAsync(Queue, new ServiceBusMessage("0"), new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver(Queue);
        var messages = await ReceiveAsync(receiver, 2);
        Emulator.Faults.LoseNextLock(Queue);

        await FailsAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(messages[0], TestEnd));
        await receiver.CompleteMessageAsync(messages[1], TestEnd);
        await receiver.CompleteMessageAsync(await ReceiveAsync(receiver), TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_busy_broker_is_left_alone_and_asked_again()
    {
        await using var sender = Client.CreateSender(Queue);
        Emulator.Faults.AnswerServerBusy(Queue);

        await sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd);

        await using var receiver = Client.CreateReceiver(Queue);
        Assert.Equal("body", (await ReceiveAsync(receiver)).Body.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_stays_busy_fails_the_send()
    {
        await using var client = Connect(new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0 } });
        await using var sender = client.CreateSender(Queue);
        Emulator.Faults.AnswerServerBusy(Queue);

        var exception = await FailsAsync(
            ServiceBusFailureReason.ServiceBusy,
            () => sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd));
        Assert.True(exception.IsTransient);
    }

    [Fact(Timeout = Limit)]
    public async Task A_disabled_queue_refuses_messages()
    {
        await using var sender = Client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("before"), TestEnd);
        Emulator.Faults.RefuseSends(Queue, TimeSpan.FromHours(1));

        await FailsAsync(
            ServiceBusFailureReason.MessagingEntityDisabled,
            () => sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd));

        Emulator.Faults.RefuseSends(Queue, TimeSpan.Zero);
        await sender.SendMessageAsync(new ServiceBusMessage("after"), TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_is_gone_is_a_communication_problem()
    {
        await using var client = Connect(new ServiceBusClientOptions
        {
            RetryOptions = new ServiceBusRetryOptions { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(20) },
        });
        await using var sender = client.CreateSender(Queue);
        await Emulator.DisposeAsync();

        var exception = await FailsAsync(
            ServiceBusFailureReason.ServiceCommunicationProblem,
            () => sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd));
        Assert.True(exception.IsTransient);
    }
}
