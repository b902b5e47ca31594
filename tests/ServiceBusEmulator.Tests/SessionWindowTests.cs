using Amqp.Framing;

namespace ServiceBusEmulator.Tests;

public sealed class SessionWindowTests
{
    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(2048)]
    public async Task A_peer_that_has_a_transfer_before_it_is_counted_gets_the_next(uint window)
    {
        await using var server = await EmulatorServer.StartAsync(
            new EmulatorOptions { Port = 0, Queues = [new QueueOptions("q")] }, TestContext.Current.CancellationToken);
        await using var sender = await AmqpPeer.ConnectAsync(server);
        await sender.SendAsync("q", "the-next");
        await using var peer = await RawPeer.ConnectAsync(server);
        await peer.OpenAsync();
        await peer.SendAsync(0, new Begin { NextOutgoingId = 1, IncomingWindow = window, OutgoingWindow = 5000 });
        await peer.SendAsync(0, new Attach
        {
            LinkName = "receive",
            Handle = 0,
            Role = true,
            Source = new Source { Address = "q" },
            Target = new Target(),
        });

        // One ahead of what the emulator has sent: a fast answer looks like that, for a transfer is counted once it is written.
        await peer.SendAsync(0, new Flow
        {
            NextIncomingId = 1,
            IncomingWindow = window,
            NextOutgoingId = 1,
            OutgoingWindow = 2048,
            Handle = 0,
            DeliveryCount = 0,
            LinkCredit = 1,
        });

        await peer.ReadUntilAsync([.. "the-next"u8]);
    }
}
