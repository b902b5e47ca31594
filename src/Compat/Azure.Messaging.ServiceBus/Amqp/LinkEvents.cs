using Amqp.Handler;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Passes what happens to deliveries on to the links that they came over.</summary>
internal sealed class LinkEvents : IHandler
{
    public bool CanHandle(EventId id) => id is EventId.ReceiveDelivery or EventId.DeliveryStateChanged;

    public void Handle(Event protocolEvent)
    {
        if (protocolEvent is not { Link: ObservedReceiverLink link, Context: IDelivery delivery })
        {
            return;
        }

        if (protocolEvent.Id == EventId.ReceiveDelivery)
        {
            link.Observer.OnDelivery(delivery);
        }
        else
        {
            link.Observer.OnOutcome(delivery);
        }
    }
}
