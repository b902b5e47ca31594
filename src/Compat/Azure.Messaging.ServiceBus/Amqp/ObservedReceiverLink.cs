using Amqp;
using Amqp.Framing;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A receiver link whose deliveries are told to an observer.</summary>
internal sealed class ObservedReceiverLink(
    IDeliveryObserver observer,
    Session session,
    string name,
    Attach attach,
    OnAttached onAttached)
    : ReceiverLink(session, name, attach, onAttached)
{
    public IDeliveryObserver Observer { get; } = observer;
}
