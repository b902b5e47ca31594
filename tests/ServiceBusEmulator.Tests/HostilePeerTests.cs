using System.Net.Sockets;
using System.Text;
using Amqp.Framing;
using ServiceBusEmulator.Broker;
using ServiceBusEmulator.Protocol;

namespace ServiceBusEmulator.Tests;

public sealed class HostilePeerTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmulatorServer.StartAsync(
        new EmulatorOptions { Port = 0, Queues = [new QueueOptions("q")] }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        // Whatever a peer did, others must be served.
        await using (var peer = await AmqpPeer.ConnectAsync(_server))
        {
            await peer.SendAsync("q", "still there");
            Assert.NotNull(await AmqpPeer.ReceiveAsync(peer.NewReceiver("q", credit: 1)));
        }

        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("AMQP\u0002\u0001\0\0")]
    [InlineData("AMQP\0\0\u0009\u0001")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003")]
    public async Task Whoever_speaks_something_else_is_told_the_protocol_and_let_go(string garbage)
    {
        await using var peer = await RawPeer.ConnectAsync(_server);

        await peer.SendAsync(Encoding.Latin1.GetBytes(garbage));

        Assert.InRange(await peer.ReadToEndAsync(), 0, 8);
    }

    [Fact]
    public async Task An_unknown_sasl_mechanism_is_refused()
    {
        await using var peer = await RawPeer.ConnectAsync(_server);
        await peer.SendAsync(RawPeer.SaslHeader);
        var init = RawPeer.Frame(0, new Amqp.Sasl.SaslInit { Mechanism = "SCRAM-SHA-256" });
        init[5] = 1;
        await peer.SendAsync(init);

        await peer.ReadToEndAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task A_frame_of_an_impossible_size_ends_the_connection(int size)
    {
        await using var peer = await RawPeer.ConnectAsync(_server);
        await peer.OpenAsync();

        await peer.SendAsync([(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size, 2, 0, 0, 0]);

        await peer.ReadToEndAsync();
    }

    [Fact]
    public async Task A_frame_of_nested_values_ends_the_connection_and_not_the_process()
    {
        await using var peer = await RawPeer.ConnectAsync(_server);
        await peer.OpenAsync();
        var frame = new byte[60_000];
        (frame[2], frame[3], frame[4]) = (60_000 >> 8, 60_000 & 0xFF, 2);

        await peer.SendAsync(frame);

        await peer.ReadToEndAsync();
    }

    [Fact]
    public async Task A_message_of_nested_values_is_refused_and_the_connection_goes_on()
    {
        await using var peer = await RawPeer.ConnectAsync(_server);
        await AttachSenderAsync(peer);
        byte[] annotations = [0x00, 0x53, 0x72, .. new byte[30_000]];

        await peer.SendAsync(0, new Transfer { Handle = 0, DeliveryId = 0, DeliveryTag = [1] }, annotations);
        await peer.SendAsync(0, new Transfer { Handle = 0, DeliveryId = 1, DeliveryTag = [2] }, [0x00, 0x53, 0x75, 0xA0, 1, 65]);
        await peer.SendAsync(0, new Close());
        await peer.ReadToEndAsync();

        Assert.Equal(1, _server.CountsOf("q").Active);
        await TakeAsync();
    }

    [Fact]
    public async Task A_message_without_end_ends_the_connection()
    {
        await using var peer = await RawPeer.ConnectAsync(_server);
        await AttachSenderAsync(peer);
        var frame = RawPeer.Frame(0, new Transfer { Handle = 0, DeliveryId = 0, DeliveryTag = [1], More = true }, new byte[60_000]);

        var sent = 0L;
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            for (; sent < 1L << 30; sent += frame.Length)
            {
                await peer.SendAsync(frame);
            }
        });

        Assert.InRange(sent, 16_000_000, 100_000_000);
    }

    [Fact]
    public async Task Attaches_without_source_or_target_or_to_nothing_are_refused_and_the_connection_goes_on()
    {
        await using var peer = await RawPeer.ConnectAsync(_server);
        await AttachSenderAsync(peer);
        await peer.SendAsync(0, new Attach { LinkName = "a", Handle = 1, Role = false, InitialDeliveryCount = 0 });
        await peer.SendAsync(0, new Attach { LinkName = "b", Handle = 2, Role = true });
        await peer.SendAsync(0, new Attach { LinkName = "c", Handle = 3, Role = true, Source = new Source(), Target = new Target() });
        await peer.SendAsync(0, new Attach { LinkName = "d", Handle = 4, Role = true, Source = new Source { Address = "/$management" }, Target = new Target() });
        await peer.SendAsync(0, new Transfer { Handle = 0, DeliveryId = 0, DeliveryTag = [1] }, [0x00, 0x53, 0x75, 0xA0, 1, 65]);
        await peer.SendAsync(0, new Close());
        await peer.ReadToEndAsync();

        Assert.Equal(1, _server.CountsOf("q").Active);
        await TakeAsync();
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_let_go_at_every_stage()
    {
        using var listener = new LoopbackListener(0, new TransportLimits(65536, 1024, TimeSpan.FromMilliseconds(200), MostConnections: 10));
        using var broker = new MessageBroker([], TimeProvider.System);
        var container = new EmulatorContainer(listener, router: null!);
        container.Open();
        listener.Start();
        foreach (var beginning in new byte[][] { [], [.. "AMQ"u8], RawPeer.SaslHeader, RawPeer.AmqpHeader, [.. RawPeer.AmqpHeader, 0, 0, 1] })
        {
            await using var peer = await RawPeer.ConnectAsync(listener.Port);
            await peer.SendAsync(beginning);
            await peer.ReadToEndAsync();
        }
    }

    [Fact]
    public async Task Only_so_many_connections_are_held_and_others_are_let_go()
    {
        using var listener = new LoopbackListener(0, new TransportLimits(65536, 1024, TimeSpan.FromSeconds(30), MostConnections: 2));
        var container = new EmulatorContainer(listener, router: null!);
        container.Open();
        listener.Start();
        await using var first = await RawPeer.ConnectAsync(listener.Port);
        await using var second = await RawPeer.ConnectAsync(listener.Port);
        await using var third = await RawPeer.ConnectAsync(listener.Port);

        Assert.Equal(0, await third.ReadToEndAsync());
    }

    [Fact]
    public async Task Mutilated_conversations_end_at_worst_their_own_connection()
    {
        var random = new Random(20261124);
        byte[][] conversation =
        [
            RawPeer.AmqpHeader,
            RawPeer.Frame(0, new Open { ContainerId = "fuzz", HostName = "localhost" }),
            RawPeer.Frame(0, new Begin { IncomingWindow = 100, OutgoingWindow = 100, NextOutgoingId = 0 }),
            RawPeer.Frame(0, new Attach { LinkName = "s", Handle = 0, Role = false, Source = new Source(), Target = new Target { Address = "fuzzed" }, InitialDeliveryCount = 0 }),
            RawPeer.Frame(0, new Attach { LinkName = "r", Handle = 1, Role = true, Source = new Source { Address = "fuzzed" }, Target = new Target() }),
            RawPeer.Frame(0, new Flow { IncomingWindow = 100, OutgoingWindow = 100, NextOutgoingId = 0, NextIncomingId = 0, Handle = 1, DeliveryCount = 0, LinkCredit = 10 }),
            RawPeer.Frame(0, new Transfer { Handle = 0, DeliveryId = 0, DeliveryTag = [1] }, [0x00, 0x53, 0x75, 0xA0, 1, 65]),
            RawPeer.Frame(0, new Dispose { Role = true, First = 0, Last = 5, Settled = true, State = new Accepted() }),
            RawPeer.Frame(0, new Detach { Handle = 0, Closed = true }),
            RawPeer.Frame(0, new End()),
        ];
        await using var server = await EmulatorServer.StartAsync(
            new EmulatorOptions { Port = 0, Queues = [new QueueOptions("fuzzed")] }, TestContext.Current.CancellationToken);
        for (var round = 0; round < 500; round++)
        {
            await using var peer = await RawPeer.ConnectAsync(server);
            try
            {
                foreach (var part in conversation)
                {
                    var bytes = (byte[])part.Clone();
                    if (random.Next(4) == 0)
                    {
                        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    }

                    await peer.SendAsync(bytes);
                }
            }
            catch (SocketException)
            {
                // This one has been let go.
            }
        }

        await using var client = await AmqpPeer.ConnectAsync(server);
        await client.SendAsync("fuzzed", "still there");
    }

    private static async Task AttachSenderAsync(RawPeer peer)
    {
        await peer.OpenAsync();
        await peer.SendAsync(0, new Begin { IncomingWindow = 1000, OutgoingWindow = 1000, NextOutgoingId = 0 });
        await peer.SendAsync(0, new Attach
        {
            LinkName = "sender",
            Handle = 0,
            Role = false,
            Source = new Source(),
            Target = new Target { Address = "q" },
            InitialDeliveryCount = 0,
        });
    }

    private async Task TakeAsync()
    {
        await using var peer = await AmqpPeer.ConnectAsync(_server);
        var receiver = peer.NewReceiver("q", credit: 1);
        receiver.Accept(await AmqpPeer.ReceiveAsync(receiver));
    }
}
