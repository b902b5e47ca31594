using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Poison;

namespace MeetingRecordings.Functions.Tests.Poison;

public class PoisonedMessageTests
{
    [Fact]
    public void A_message_is_shown_also_where_the_broker_says_nothing_of_deliveries()
    {
        var peeked = new AmqpAnnotatedMessage(AmqpMessageBody.FromData([BinaryData.FromString("{}").ToMemory()]));

        var shown = PoisonedMessage.From(ServiceBusReceivedMessage.FromAmqpMessage(peeked, BinaryData.FromBytes(Guid.Empty.ToByteArray())));

        Assert.Equal(0, shown.DeliveryCount);
        Assert.Equal("{}", shown.Body);
    }
}
