using Amqp.Handler;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Is told of a link's deliveries, on the thread that reads the connection: it must not wait.</summary>
internal interface IDeliveryObserver
{
    /// <summary>A message has come whole.</summary>
    void OnDelivery(IDelivery delivery);

    /// <summary>The broker has answered with the outcome of a delivery.</summary>
    void OnOutcome(IDelivery delivery);
}
