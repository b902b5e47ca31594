using Amqp.Framing;
using Amqp.Listener;
using Amqp.Transactions;
using Amqp.Types;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>Applies a receiver's settlements to its queue and answers them.</summary>
internal sealed class Settlements(MessageQueue queue, FaultScript faults)
{
    private const string Reason = "DeadLetterReason";
    private const string Description = "DeadLetterErrorDescription";

    public void Settle(ListenerLink link, OutgoingMessage message, DeliveryState? state, bool isSettled)
    {
        faults.LosesLock(queue, message.LockToken);
        var operation = OperationOf(state);
        if (faults.DropsBeforeSettlement(queue) || !GoesOn(operation, ExchangeSide.Before))
        {
            PeerConnection.Of(link).Transport.Cut();
            return;
        }

        var answer = Apply(message.LockToken, state);
        if (faults.DropsAfterSettlement(queue) || !GoesOn(operation, ExchangeSide.After))
        {
            PeerConnection.Of(link).Transport.Cut();
            return;
        }

        if (!isSettled)
        {
            link.DisposeMessage(message, answer, settled: true);
        }
    }

    // What is no settlement that is known here is refused and shown to nobody.
    private static QueueOperation? OperationOf(DeliveryState? state) => state switch
    {
        Accepted => QueueOperation.Complete,
        Released => QueueOperation.Release,
        Modified { UndeliverableHere: not true } => QueueOperation.Abandon,
        Rejected => QueueOperation.DeadLetter,
        _ => null,
    };

    private bool GoesOn(QueueOperation? operation, ExchangeSide side) => operation is null || faults.GoesOn(queue, operation.Value, side);

    private Outcome Apply(Guid lockToken, DeliveryState? state)
    {
        // The answer repeats the outcome's type, which Java checks, but never an error, which .NET would throw.
        (SettleOutcome? Applied, Outcome Answer) result = state switch
        {
            Accepted => (queue.Complete(lockToken), new Accepted()),
            Released => (queue.Release(lockToken), new Released()),
            Modified { UndeliverableHere: true } => (null, Refuse(Errors.NotImplemented("deferral"))),
            Modified modified => (
                queue.Abandon(lockToken, ToProperties(modified.MessageAnnotations)),
                new Modified { DeliveryFailed = modified.DeliveryFailed }),
            Rejected rejected => (DeadLetter(lockToken, rejected.Error), new Rejected()),
            TransactionalState => (null, Refuse(Errors.NotImplemented("transactions"))),
            _ => (null, Refuse(Errors.NotAllowed("A settlement needs an outcome."))),
        };
        return result.Applied switch
        {
            SettleOutcome.LockLost => Refuse(Errors.LockLost()),
            SettleOutcome.NotAllowed => Refuse(Errors.NotAllowed("A message in a dead-letter queue cannot be dead-lettered.")),
            _ => result.Answer,
        };
    }

    private SettleOutcome DeadLetter(Guid lockToken, Error? error)
    {
        // JavaScript writes the map's keys as strings, .NET as symbols.
        var info = ToProperties(error?.Info);
        info.Remove(Reason, out var reason);
        info.Remove(Description, out var description);
        return queue.DeadLetter(lockToken, reason?.ToString(), description?.ToString(), info);
    }

    private static Dictionary<string, object?> ToProperties(Map? map)
    {
        var properties = new Dictionary<string, object?>();
        foreach (var (key, value) in map ?? [])
        {
            properties[key.ToString()!] = value;
        }

        return properties;
    }

    private static Rejected Refuse(Error error) => new() { Error = error };
}
