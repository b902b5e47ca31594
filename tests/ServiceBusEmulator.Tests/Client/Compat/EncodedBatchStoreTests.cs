using Amqp.Framing;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Amqp;

namespace ServiceBusEmulator.Tests.Client.Compat;

/// <summary>What a batch looks like on the wire.</summary>
public class EncodedBatchStoreTests
{
    [Fact]
    public void A_batch_of_one_goes_as_the_message_itself_as_Microsofts_client_sends_it()
    {
        var batch = new EncodedBatchStore(1_000);

        Assert.True(batch.TryAdd(new ServiceBusMessage("alone") { MessageId = "1" }));

        var sent = batch.ToAmqp();
        Assert.Equal(0u, sent.Format);
        Assert.Equal("1", sent.Properties.MessageId);
        Assert.Equal("alone"u8.ToArray(), Assert.IsType<Data>(sent.BodySection).Binary);
    }

    [Fact]
    public void A_batch_of_two_goes_as_a_section_for_each_under_the_batch_format()
    {
        var batch = new EncodedBatchStore(1_000);

        Assert.True(batch.TryAdd(new ServiceBusMessage("first")));
        Assert.True(batch.TryAdd(new ServiceBusMessage("second")));

        var sent = batch.ToAmqp();
        Assert.Equal(0x80013700u, sent.Format);
        Assert.Equal(2, Assert.IsType<DataList>(sent.BodySection).Count);
    }
}
