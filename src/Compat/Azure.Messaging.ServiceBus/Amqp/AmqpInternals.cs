using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>
/// What Service Bus needs of AMQPNetLite's receiving link and its public surface lacks. It settles a delivery by itself,
/// without waiting for the broker's outcome, so that a lost lock would go unnoticed. And its drain cannot be relied on: it
/// does not say when the broker has answered, and it takes any flow that comes meanwhile for the answer, after which the next
/// message breaks the connection. So flows are sent from here, the link's own count of credit is kept out of the way, and its
/// drain flag is only set to have it note that a flow has come.
/// </summary>
internal static class AmqpInternals
{
    /// <summary>More credit than a link could use.</summary>
    private const int Unlimited = int.MaxValue / 2;

    /// <summary>Tells the broker the wanted outcome of a delivery and leaves it unsettled until the broker has answered.</summary>
    public static void ProposeOutcome(Link link, IDelivery delivery, DeliveryState outcome)
        => DisposeDelivery(link.Session, role: true, delivery, outcome, settled: false);

    /// <summary>Settles a delivery; there is no answer.</summary>
    public static void Settle(Link link, IDelivery delivery, DeliveryState outcome)
        => DisposeDelivery(link.Session, role: true, delivery, outcome, settled: true);

    /// <summary>Makes a link take whatever comes: how much that is depends on the flows that are sent.</summary>
    public static void TakeAnything(ReceiverLink link) => Credit(link) = Unlimited;

    /// <summary>Sends a flow.</summary>
    /// <param name="link">The link.</param>
    /// <param name="deliveryCount">How many deliveries were counted.</param>
    /// <param name="credit">How many more may come.</param>
    /// <param name="drain">Whether the broker is to use the credit or give it back, and to answer.</param>
    public static void SendFlow(ReceiverLink link, uint deliveryCount, uint credit, bool drain)
    {
        if (drain)
        {
            Volatile.Write(ref Drain(link), true);
        }

        SendFlow(
            link.Session,
            new Flow { Handle = link.Handle, DeliveryCount = deliveryCount, LinkCredit = credit, Drain = drain },
            null);
    }

    /// <summary>Whether a flow has come since one with a drain was sent. Only to be asked on the thread that reads the connection.</summary>
    /// <param name="link">The link.</param>
    /// <param name="deliveryCount">The broker's count of deliveries.</param>
    public static bool HasDrained(ReceiverLink link, out uint deliveryCount)
    {
        // A flow that comes while the flag is set takes all credit away.
        deliveryCount = 0;
        if (Credit(link) > 0)
        {
            return false;
        }

        var state = new Flow();
        Snapshot(link, state);
        deliveryCount = state.DeliveryCount;
        Volatile.Write(ref Drain(link), false);
        TakeAnything(link);
        return true;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "DisposeDelivery")]
    private static extern void DisposeDelivery(
        Session session,
        bool role,
        [UnsafeAccessorType("Amqp.Delivery, Amqp.Net")] object delivery,
        DeliveryState state,
        bool settled);

    /// <summary>Sends a flow, with the session's part filled in, and the link's too where one is given.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SendFlow")]
    private static extern void SendFlow(Session session, Flow flow, Link link);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Snapshot")]
    private static extern bool Snapshot(ReceiverLink link, Flow flow);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "credit")]
    private static extern ref int Credit(ReceiverLink link);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "drain")]
    private static extern ref bool Drain(ReceiverLink link);
}
