using Amqp;
using Microsoft.Extensions.Time.Testing;

namespace ServiceBusEmulator.Tests;

public sealed class FaultScriptTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private EmulatorServer _server = null!;
    private AmqpPeer _peer = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(
            new EmulatorOptions { Port = 0, Clock = _clock, Queues = [new QueueOptions("q"), new QueueOptions("other")] },
            TestContext.Current.CancellationToken);
        _peer = await AmqpPeer.ConnectAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_cut_before_a_settlement_leaves_the_message_locked()
    {
        var receiver = await ReceiverWithOneMessage();
        var message = await AmqpPeer.ReceiveAsync(receiver);
        _server.Faults.DropConnectionBeforeSettlement("q");

        receiver.Accept(message);
        await _peer.Closed;

        Assert.Equal(new QueueCounts(Active: 0, Scheduled: 0, DeadLettered: 0, Locked: 1), _server.CountsOf("q"));
    }

    [Fact]
    public async Task A_connection_cut_after_a_settlement_has_settled_the_message()
    {
        var receiver = await ReceiverWithOneMessage();
        var message = await AmqpPeer.ReceiveAsync(receiver);
        _server.Faults.DropConnectionAfterSettlement("q");

        receiver.Accept(message);
        await _peer.Closed;

        Assert.Equal(new QueueCounts(0, 0, 0, 0), _server.CountsOf("q"));
    }

    [Fact]
    public async Task A_message_whose_lock_is_lost_before_it_is_settled_comes_again()
    {
        var receiver = await ReceiverWithOneMessage();
        _server.Faults.LoseNextLock("q");

        receiver.Accept(await AmqpPeer.ReceiveAsync(receiver));

        Assert.Equal(1u, (await AmqpPeer.ReceiveAsync(receiver)).Header.DeliveryCount);
    }

    [Fact]
    public async Task All_locks_can_be_lost_at_once()
    {
        await _peer.SendAsync("q", "a", "b");
        var receiver = _peer.NewReceiver("q");
        await AmqpPeer.ReceiveAsync(receiver);
        await AmqpPeer.ReceiveAsync(receiver);

        _server.Faults.LoseLocks("q");

        Assert.Equal("a", (await AmqpPeer.ReceiveAsync(receiver)).Properties.MessageId);
        Assert.Equal("b", (await AmqpPeer.ReceiveAsync(receiver)).Properties.MessageId);
    }

    [Fact]
    public async Task A_busy_server_refuses_as_many_sends_as_it_was_told_to()
    {
        var sender = new SenderLink(_peer.Session, "sender", "q");
        await sender.SendAsync(new Message("attached"), AmqpPeer.Timeout);
        _server.Faults.AnswerServerBusy("q", times: 2);

        for (var i = 0; i < 2; i++)
        {
            var exception = await Assert.ThrowsAsync<AmqpException>(() => sender.SendAsync(new Message("refused"), AmqpPeer.Timeout));
            Assert.Equal("com.microsoft:server-busy", exception.Error.Condition);
        }

        await sender.SendAsync(new Message("accepted"), AmqpPeer.Timeout);
        Assert.Equal(2, _server.CountsOf("q").Active);
    }

    [Fact]
    public async Task A_message_delivered_twice_comes_once_more_after_it_was_completed()
    {
        _server.Faults.DeliverTwice("q");
        var receiver = await ReceiverWithOneMessage();

        var first = await AmqpPeer.ReceiveAsync(receiver);
        receiver.Accept(first);
        var second = await AmqpPeer.ReceiveAsync(receiver);

        Assert.Equal(first.Properties.MessageId, second.Properties.MessageId);
        Assert.NotEqual(first.DeliveryTag, second.DeliveryTag);
    }

    [Fact]
    public async Task Sends_are_refused_until_the_clock_has_moved_on_and_other_queues_take_theirs()
    {
        _server.Faults.RefuseSends("q", TimeSpan.FromMinutes(1));

        var exception = await Assert.ThrowsAsync<AmqpException>(() => _peer.SendAsync("q", "refused"));
        Assert.Equal("com.microsoft:entity-disabled", exception.Error.Condition);
        await _peer.SendAsync("other", "accepted");

        _clock.Advance(TimeSpan.FromMinutes(1));
        await _peer.SendAsync("q", "accepted");
    }

    [Fact]
    public async Task All_connections_can_be_cut()
    {
        _server.Faults.DropConnections();

        await _peer.Closed;
        await using var next = await AmqpPeer.ConnectAsync(_server);
        await next.SendAsync("q", "a");
    }

    [Fact]
    public void A_fault_for_a_queue_that_does_not_exist_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => _server.Faults.LoseNextLock("no-such-queue"));

    private async Task<ReceiverLink> ReceiverWithOneMessage()
    {
        await _peer.SendAsync("q", "a");
        return _peer.NewReceiver("q");
    }
}
