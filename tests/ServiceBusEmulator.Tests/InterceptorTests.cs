using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Time.Testing;

namespace ServiceBusEmulator.Tests;

public sealed class InterceptorTests : IAsyncLifetime
{
    private const string DeadLetters = "q/$DeadLetterQueue";

    private readonly ConcurrentQueue<string> _seen = [];
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);
    private EmulatorServer _server = null!;
    private AmqpPeer _peer = null!;
    private ServiceBusClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0, Clock = _clock, Queues = [new QueueOptions("q")] }, Cancellation);
        _peer = await AmqpPeer.ConnectAsync(_server);
        _client = new ServiceBusClient(_server.ConnectionString);
        _server.Faults.Interceptor = exchange =>
        {
            _seen.Enqueue($"{exchange.Side} {exchange.Operation} {string.Join('+', [exchange.Queue, .. exchange.MessageIds])}");
            return true;
        };
    }

    public async ValueTask DisposeAsync()
    {
        _server.Faults.Interceptor = null;
        await _client.DisposeAsync();
        await _peer.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Both_sides_of_a_send_are_shown_with_its_ids_and_those_with_a_time_apart()
    {
        await using var sender = _client.CreateSender("q");
        using var batch = await sender.CreateMessageBatchAsync(Cancellation);
        foreach (var (id, due) in ((string, int)[])[("a", 0), ("b", 1), ("c", 0)])
        {
            var message = new ServiceBusMessage("body") { MessageId = id };
            if (due > 0)
            {
                message.ScheduledEnqueueTime = _clock.GetUtcNow().AddMinutes(due);
            }

            Assert.True(batch.TryAddMessage(message));
        }

        await sender.SendMessagesAsync(batch, Cancellation);

        Assert.Equal(["Before Send q+a+c", "Before Schedule q+b", "After Send q+a+c", "After Schedule q+b"], _seen);
    }

    [Fact]
    public async Task Messages_scheduled_by_request_and_taken_back_are_shown()
    {
        await using var sender = _client.CreateSender("q");

        var number = await sender.ScheduleMessageAsync(new ServiceBusMessage("body") { MessageId = "a" }, _clock.GetUtcNow().AddMinutes(1), Cancellation);
        await sender.CancelScheduledMessageAsync(number, Cancellation);

        Assert.Equal(["Before Schedule q+a", "After Schedule q+a", "Before Cancel q", "After Cancel q"], _seen);
    }

    [Fact]
    public async Task A_delivery_and_what_becomes_of_it_are_shown_in_both_queues()
    {
        await _peer.SendAsync("q", "a");
        _seen.Clear();
        await using var receiver = _client.CreateReceiver("q");
        var first = await receiver.ReceiveMessageAsync(cancellationToken: Cancellation);
        await receiver.RenewMessageLockAsync(first, Cancellation);
        await receiver.AbandonMessageAsync(first, cancellationToken: Cancellation);
        await receiver.DeadLetterMessageAsync(await receiver.ReceiveMessageAsync(cancellationToken: Cancellation), cancellationToken: Cancellation);
        await using var dead = _client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        await dead.PeekMessageAsync(cancellationToken: Cancellation);
        await dead.CompleteMessageAsync(await dead.ReceiveMessageAsync(cancellationToken: Cancellation), Cancellation);

        Assert.Equal(
            [
                "After Deliver q", "Before RenewLock q", "After RenewLock q", "Before Abandon q", "After Abandon q",
                "After Deliver q", "Before DeadLetter q", "After DeadLetter q",
                $"Before Peek {DeadLetters}", $"After Peek {DeadLetters}", $"After Deliver {DeadLetters}", $"Before Complete {DeadLetters}", $"After Complete {DeadLetters}",
            ],
            _seen);
    }

    [Theory]
    [InlineData(ExchangeSide.Before, 0)]
    [InlineData(ExchangeSide.After, 1)]
    public async Task A_send_that_shall_go_no_further_is_not_answered(ExchangeSide side, int active)
    {
        StopAt(QueueOperation.Send, side);

        await Assert.ThrowsAnyAsync<Exception>(() => _peer.SendAsync("q", "a"));
        await _peer.Closed;

        Assert.Equal(new QueueCounts(active, 0, 0, 0), _server.CountsOf("q"));
    }

    [Theory]
    [InlineData(ExchangeSide.Before, 1)]
    [InlineData(ExchangeSide.After, 0)]
    public async Task A_settlement_that_shall_go_no_further_is_not_answered(ExchangeSide side, int locked)
    {
        await _peer.SendAsync("q", "a");
        var receiver = _peer.NewReceiver("q");
        var message = await AmqpPeer.ReceiveAsync(receiver);
        StopAt(QueueOperation.Complete, side);

        receiver.Accept(message);
        await _peer.Closed;

        Assert.Equal(new QueueCounts(0, 0, 0, locked), _server.CountsOf("q"));
    }

    [Fact]
    public async Task A_delivery_that_shall_go_no_further_leaves_its_message_locked()
    {
        await _peer.SendAsync("q", "a");
        StopAt(QueueOperation.Deliver, ExchangeSide.After);

        _peer.NewReceiver("q");
        await _peer.Closed;

        Assert.Equal(new QueueCounts(0, 0, 0, Locked: 1), _server.CountsOf("q"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task And_where_that_is_wanted_it_comes_back_once_the_client_has_gone_be_that_meanwhile_or_later(bool meanwhile)
    {
        _server.Faults.LoseLocksOfGoneClients = true;
        await _peer.SendAsync("q", "a");
        _server.Faults.Interceptor = exchange =>
        {
            if (meanwhile && exchange.Operation == QueueOperation.Deliver)
            {
                _server.Faults.DropConnections();
                Assert.True(SpinWait.SpinUntil(() => _server.CountsOf("q").Locked == 0, AmqpPeer.Timeout));
            }

            return exchange.Operation != QueueOperation.Deliver;
        };

        _peer.NewReceiver("q");
        await _peer.Closed;
        _server.Faults.Interceptor = null;
        await using var next = await AmqpPeer.ConnectAsync(_server);

        Assert.Equal(1u, (await AmqpPeer.ReceiveAsync(next.NewReceiver("q"))).Header.DeliveryCount);
    }

    [Theory]
    [InlineData(ExchangeSide.Before, 1)]
    [InlineData(ExchangeSide.After, 0)]
    public async Task A_request_that_shall_go_no_further_is_not_answered(ExchangeSide side, int scheduled)
    {
        await using var client = new ServiceBusClient(
            _server.ConnectionString, new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0 } });
        await using var sender = client.CreateSender("q");
        var number = await sender.ScheduleMessageAsync(new ServiceBusMessage("body"), _clock.GetUtcNow().AddMinutes(1), Cancellation);
        StopAt(QueueOperation.Cancel, side);

        await Assert.ThrowsAsync<ServiceBusException>(() => sender.CancelScheduledMessageAsync(number, Cancellation));

        Assert.Equal(new QueueCounts(0, scheduled, 0, 0), _server.CountsOf("q"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_client_that_has_gone_held_comes_back_at_once_where_that_is_wanted(bool wanted)
    {
        _server.Faults.LoseLocksOfGoneClients = wanted;
        await _peer.SendAsync("q", "a");
        await AmqpPeer.ReceiveAsync(_peer.NewReceiver("q"));

        _server.Faults.DropConnections();
        await _peer.Closed;
        await using var other = await AmqpPeer.ConnectAsync(_server);
        var again = other.NewReceiver("q");
        if (!wanted)
        {
            Assert.Equal(1, _server.CountsOf("q").Locked);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1u, (await AmqpPeer.ReceiveAsync(again)).Header.DeliveryCount);
    }

    private void StopAt(QueueOperation operation, ExchangeSide side)
        => _server.Faults.Interceptor = exchange => exchange.Operation != operation || exchange.Side != side;
}
