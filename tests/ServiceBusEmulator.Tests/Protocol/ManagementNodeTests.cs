using Amqp;
using Amqp.Framing;
using Amqp.Types;
using ServiceBusEmulator.Broker;
using ServiceBusEmulator.Protocol;

namespace ServiceBusEmulator.Tests.Protocol;

public class ManagementNodeTests
{
    [Fact]
    public void A_peek_brings_no_more_than_a_mebibyte_and_at_least_one_message()
    {
        using var broker = new MessageBroker([new QueueOptions("q") { MaxMessageSizeInBytes = 4 << 20 }], TimeProvider.System);
        var queue = broker.Find("q");
        foreach (var size in (int[])[2_000_000, 300_000, 300_000, 300_000, 300_000])
        {
            queue.Send([new MessageContent { Encoded = new byte[size], SizeInBytes = size }]);
        }

        var node = new ManagementNode(queue, new FaultScript(broker, TimeProvider.System, static () => { }));

        Assert.Equal(1, Peek(node, from: 1));
        Assert.Equal(3, Peek(node, from: 2));
        Assert.Equal(1, Peek(node, from: 5));
    }

    private static int Peek(ManagementNode node, long from)
    {
        var request = new Message(new Map { ["from-sequence-number"] = from, ["message-count"] = 10 })
        {
            ApplicationProperties = new ApplicationProperties { ["operation"] = "com.microsoft:peek-message" },
        };
        var reply = (Map)((AmqpValue)node.Answer(request)!.BodySection).Value;
        return ((List)reply["messages"]).Count;
    }
}
