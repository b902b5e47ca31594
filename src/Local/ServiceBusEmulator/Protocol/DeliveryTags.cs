using Amqp.Handler;

namespace ServiceBusEmulator.Protocol;

/// <summary>Gives deliveries their lock tokens as tags: this is where Microsoft's clients read them.</summary>
internal sealed class DeliveryTags : IHandler
{
    public static readonly DeliveryTags Instance = new();

    public bool CanHandle(EventId id) => id == EventId.SendDelivery;

    public void Handle(Event protocolEvent)
    {
        if (protocolEvent is { Id: EventId.SendDelivery, Context: IDelivery { Message: OutgoingMessage message } delivery })
        {
            if (message.LockToken != Guid.Empty)
            {
                delivery.Tag = message.LockToken.ToByteArray();
            }

            delivery.Settled |= message.IsReply;
        }
    }
}
