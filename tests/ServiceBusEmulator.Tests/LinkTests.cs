using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Transactions;
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
            new EmulatorOptions { Port = 0, Clock = _clock, Queues = [new QueueOptions("q")] }, TestContext.Current.CancellationToken);
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
    public async Task A_flow_that_grants_nothing_new_takes_nothing_away()
    {
        var receiver = _peer.NewReceiver("q", credit: 1);
        receiver.SetCredit(1, CreditMode.Manual);
        receiver.SetCredit(1, CreditMode.Manual);

        await _peer.SendAsync("q", "a");

        Assert.Equal("a", (await AmqpPeer.ReceiveAsync(receiver)).Properties.MessageId);
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
        await stalled.OpenAsync();
        await stalled.SendAsync(0, new Begin { IncomingWindow = int.MaxValue, OutgoingWindow = 1, NextOutgoingId = 0 });
        await stalled.SendAsync(0, new Attach
        {
            LinkName = "stalled",
            Role = true,
            SndSettleMode = SenderSettleMode.Settled,
            Source = new Source { Address = "q" },
            Target = new Target(),
        });
        await stalled.SendAsync(0, new Flow { IncomingWindow = int.MaxValue, NextIncomingId = 0, OutgoingWindow = 1, Handle = 0, DeliveryCount = 0, LinkCredit = int.MaxValue });

        var sender = new SenderLink(_peer.Session, "sender", "q");
        for (var i = 0; i < Messages; i++)
        {
            await sender.SendAsync(new Message { BodySection = new Data { Binary = new byte[100_000] } }, AmqpPeer.Timeout);
        }

        Assert.InRange(_server.CountsOf("q").Active, Messages / 2, Messages);
    }

    private sealed class ServiceBusSasl() : SaslProfile("MSSBCBS")
    {
        protected override ITransport UpgradeTransport(ITransport transport) => transport;

        protected override Amqp.Types.DescribedList GetStartCommand(string hostname) => new SaslInit { Mechanism = Mechanism, HostName = hostname };

        protected override Amqp.Types.DescribedList? OnCommand(Amqp.Types.DescribedList command) => null;
    }
}
