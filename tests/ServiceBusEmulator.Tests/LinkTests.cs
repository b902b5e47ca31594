using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Transactions;
using Amqp.Types;
using Microsoft.Extensions.Time.Testing;

namespace ServiceBusEmulator.Tests;

public sealed class LinkTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private EmulatorServer _server = null!;
    private AmqpPeer _peer = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(
            new EmulatorOptions { Port = 0, Clock = _clock, Queues = [new QueueOptions("q"), new QueueOptions("other")] }, TestContext.Current.CancellationToken);
        _peer = await AmqpPeer.ConnectAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("ANONYMOUS")]
    [InlineData("MSSBCBS")]
    public async Task Clients_may_come_with_sasl(string mechanism)
    {
        SaslProfile profile = mechanism == "ANONYMOUS" ? SaslProfile.Anonymous : new ServiceBusSasl();

        await using var peer = await AmqpPeer.ConnectAsync(_server, profile);

        await peer.SendAsync("q", "a");
    }

    [Fact]
    public async Task Clients_may_come_with_a_name_and_a_key()
    {
        var connection = await new ConnectionFactory().CreateAsync(new Address($"amqp://RootManageSharedAccessKey:SAS_KEY_VALUE@localhost:{_server.Port}"));
        await connection.CloseAsync();
    }

    [Fact]
    public async Task A_flow_that_restates_its_credit_neither_takes_nor_grants_any()
    {
        await using var receiver = await RawPeer.ConnectAsync(_server);
        await AttachReceiverAsync(receiver, SenderSettleMode.Mixed);
        await receiver.SendAsync(0, Credit(1, deliveryCount: 0));
        await receiver.SendAsync(0, Credit(1, deliveryCount: 0));
        await receiver.SendAsync(0, Credit(1, deliveryCount: 0));
        await _peer.SendAsync("q", "a", "b", "c");
        await Until(() => _server.CountsOf("q").Locked == 1);

        await receiver.SendAsync(0, Credit(1, deliveryCount: 1));
        await Until(() => _server.CountsOf("q").Locked >= 2);
        await receiver.SendAsync(0, new Close());
        await receiver.ReadToEndAsync();

        Assert.Equal(new QueueCounts(Active: 1, Scheduled: 0, DeadLettered: 0, Locked: 2), _server.CountsOf("q"));
    }

    [Fact]
    public async Task Links_that_nothing_goes_over_for_ten_minutes_are_detached()
    {
        var sender = new SenderLink(_peer.Session, "sender", "q");
        await sender.SendAsync(new Message("a"), AmqpPeer.Timeout);
        var ended = AmqpPeer.EndOf(sender);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(ended.IsCompleted);

        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(ErrorCode.DetachForced, (await ended).Condition);
        await _peer.SendAsync("q", "b");
    }

    [Fact]
    public async Task The_transaction_coordinator_is_refused_and_the_connection_goes_on()
    {
        var attach = new Attach { Source = new Source(), Target = new Coordinator() };
        var controller = new SenderLink(_peer.Session, "controller", attach, onAttached: null);

        var error = await AmqpPeer.EndOf(controller);

        Assert.Equal(ErrorCode.NotImplemented, error.Condition);
        await _peer.SendAsync("q", "a");
    }

    [Fact]
    public async Task A_thousand_links_of_one_session_are_served()
    {
        var senders = Enumerable.Range(0, 1000).Select(i => new SenderLink(_peer.Session, $"sender-{i}", "q")).ToList();

        await Task.WhenAll(senders.Select(static sender => sender.SendAsync(new Message("m"), AmqpPeer.Timeout)));

        Assert.Equal(1000, _server.CountsOf("q").Active);
    }

    [Fact]
    public async Task A_consumer_that_does_not_read_is_not_sent_more_than_the_sockets_take()
    {
        const int Messages = 600;
        await using var stalled = await RawPeer.ConnectAsync(_server);
        await AttachReceiverAsync(stalled, SenderSettleMode.Settled);
        await stalled.SendAsync(0, Credit(int.MaxValue, deliveryCount: 0));

        var sender = new SenderLink(_peer.Session, "sender", "q");
        for (var i = 0; i < Messages; i++)
        {
            await sender.SendAsync(new Message { BodySection = new Data { Binary = new byte[100_000] } }, AmqpPeer.Timeout);
        }

        Assert.InRange(_server.CountsOf("q").Active, Messages / 2, Messages);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_its_replies_is_not_heard_until_it_does()
    {
        const int Requests = 300;
        await FillAsync(messages: 4, size: 250_000);
        await using var stalled = await RawPeer.ConnectAsync(_server);
        await stalled.OpenAsync();
        await stalled.SendAsync(0, new Begin { IncomingWindow = int.MaxValue, OutgoingWindow = int.MaxValue, NextOutgoingId = 0 });
        await stalled.SendAsync(0, new Attach { LinkName = "replies", Handle = 0, Role = true, Source = new Source { Address = "q/$management" }, Target = new Target { Address = "me" } });
        await stalled.SendAsync(0, new Flow { IncomingWindow = int.MaxValue, OutgoingWindow = int.MaxValue, Handle = 0, DeliveryCount = 0, LinkCredit = int.MaxValue });
        await stalled.SendAsync(0, new Attach { LinkName = "requests", Handle = 1, Role = false, InitialDeliveryCount = 0, Source = new Source(), Target = new Target { Address = "q/$management" } });
        for (uint request = 0; request < Requests; request++)
        {
            // Every reply is a megabyte, and every request leaves a trace: it schedules a message too.
            await stalled.SendAsync(0, new Transfer { Handle = 1, DeliveryId = 2 * request, DeliveryTag = [1] }, Encode(Peek()));
            await stalled.SendAsync(0, new Transfer { Handle = 1, DeliveryId = (2 * request) + 1, DeliveryTag = [1] }, Encode(Schedule()));
        }

        await _peer.SendAsync("other", [.. Enumerable.Range(0, 3000).Select(static i => $"m{i}")]);
        Assert.InRange(_server.CountsOf("q").Scheduled, 0, Requests / 3);

        await stalled.SendAsync(0, new Close());
        await stalled.ReadToEndAsync();
        Assert.Equal(Requests, _server.CountsOf("q").Scheduled);
    }

    private async Task FillAsync(int messages, int size)
    {
        var sender = new SenderLink(_peer.Session, "filler", "q");
        for (var i = 0; i < messages; i++)
        {
            await sender.SendAsync(new Message { BodySection = new Data { Binary = new byte[size] } }, AmqpPeer.Timeout);
        }
    }

    private static Message Peek() => Request("peek-message", new Map { ["from-sequence-number"] = 0L, ["message-count"] = 4 });

    private Message Schedule()
    {
        var message = new Message("m") { MessageAnnotations = new MessageAnnotations() };
        message.MessageAnnotations[new Symbol("x-opt-scheduled-enqueue-time")] = _clock.GetUtcNow().AddDays(1).UtcDateTime;
        return Request("schedule-message", new Map { ["messages"] = new List { new Map { ["message"] = Encode(message) } } });
    }

    private static Message Request(string operation, Map body) => new(body)
    {
        Properties = new Properties { MessageId = "1", ReplyTo = "me" },
        ApplicationProperties = new ApplicationProperties { ["operation"] = $"com.microsoft:{operation}" },
    };

    private static byte[] Encode(Message message)
    {
        var encoded = message.Encode();
        return encoded.Buffer.AsSpan(encoded.Offset, encoded.Length).ToArray();
    }

    private static async Task AttachReceiverAsync(RawPeer peer, SenderSettleMode mode)
    {
        await peer.OpenAsync();
        await peer.SendAsync(0, new Begin { IncomingWindow = int.MaxValue, OutgoingWindow = 1, NextOutgoingId = 0 });
        await peer.SendAsync(0, new Attach
        {
            LinkName = "receiver",
            Role = true,
            SndSettleMode = mode,
            Source = new Source { Address = "q" },
            Target = new Target(),
        });
    }

    private static Flow Credit(uint credit, uint deliveryCount) => new()
    {
        IncomingWindow = int.MaxValue,
        NextIncomingId = deliveryCount,
        OutgoingWindow = 1,
        Handle = 0,
        DeliveryCount = deliveryCount,
        LinkCredit = credit,
    };

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(AmqpPeer.Timeout);
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private sealed class ServiceBusSasl() : SaslProfile("MSSBCBS")
    {
        protected override ITransport UpgradeTransport(ITransport transport) => transport;

        protected override Amqp.Types.DescribedList GetStartCommand(string hostname) => new SaslInit { Mechanism = Mechanism, HostName = hostname };

        protected override Amqp.Types.DescribedList? OnCommand(Amqp.Types.DescribedList command) => null;
    }
}
