using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>
/// The two things that Service Bus needs of AMQPNetLite and that its public surface lacks. Its receiving link settles a
/// delivery by itself, without waiting for the broker's outcome, so that a lost lock would go unnoticed; and it does not
/// say when a drain has come to its end.
/// </summary>
internal static class AmqpInternals
{
    /// <summary>Tells the broker the wanted outcome of a delivery and leaves it unsettled until the broker has answered.</summary>
    public static void ProposeOutcome(Link link, IDelivery delivery, DeliveryState outcome)
        => DisposeDelivery(link.Session, role: true, delivery, outcome, settled: false);

    /// <summary>Settles a delivery; there is no answer.</summary>
    public static void Settle(Link link, IDelivery delivery, DeliveryState outcome)
        => DisposeDelivery(link.Session, role: true, delivery, outcome, settled: true);

    /// <summary>Whether the broker has yet to answer a drain.</summary>
    public static bool IsDraining(ReceiverLink link) => Drain(link);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "DisposeDelivery")]
    private static extern void DisposeDelivery(
        Session session,
        bool role,
        [UnsafeAccessorType("Amqp.Delivery, Amqp.Net")] object delivery,
        DeliveryState state,
        bool settled);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "drain")]
    private static extern ref bool Drain(ReceiverLink link);
}
