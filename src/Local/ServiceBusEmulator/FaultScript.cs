using System.Collections.Concurrent;
using Amqp.Framing;
using ServiceBusEmulator.Broker;
using ServiceBusEmulator.Protocol;

namespace ServiceBusEmulator;

/// <summary>
/// Faults for tests to script. Where one names a queue, it is for that queue only (its dead-letter queue not included); where it says
/// "next", it is used up by happening. Methods throw <see cref="ArgumentException"/> for a queue that does not exist.
/// </summary>
public sealed class FaultScript
{
    private readonly MessageBroker _broker;
    private readonly TimeProvider _clock;
    private readonly Action _dropConnections;
    private readonly ConcurrentDictionary<(MessageQueue Queue, Fault Fault), int> _left = new();
    private readonly ConcurrentDictionary<MessageQueue, DateTimeOffset> _refusingUntil = new();

    internal FaultScript(MessageBroker broker, TimeProvider clock, Action dropConnections) =>
        (_broker, _clock, _dropConnections) = (broker, clock, dropConnections);

    private enum Fault
    {
        DropBeforeSettlement,
        DropAfterSettlement,
        LoseLock,
        ServerBusy,
    }

    /// <summary>
    /// Is shown both sides of every exchange between a client and a queue that is not refused; a delivery has only the side after, when
    /// its message is locked. The exchange waits for it. Where it answers false, the exchange goes no further and its connection is cut.
    /// Called from any thread. Default: null.
    /// </summary>
    public Func<QueueExchange, bool>? Interceptor { get; set; }

    /// <summary>
    /// Whether the locks of a client that has gone run out at once rather than in their time, as if that time had passed. Default: no.
    /// </summary>
    public bool LoseLocksOfGoneClients { get; set; }

    /// <summary>Cuts every client connection now.</summary>
    public void DropConnections() => _dropConnections();

    /// <summary>The next settlements are not applied; the connection that they came on is cut.</summary>
    public void DropConnectionBeforeSettlement(string queue, int times = 1) => Script(queue, Fault.DropBeforeSettlement, times);

    /// <summary>The next settlements are applied, but the connection that they came on is cut before the answer.</summary>
    public void DropConnectionAfterSettlement(string queue, int times = 1) => Script(queue, Fault.DropAfterSettlement, times);

    /// <summary>The next settlements or lock renewals find that their message's lock has just run out.</summary>
    public void LoseNextLock(string queue, int times = 1) => Script(queue, Fault.LoseLock, times);

    /// <summary>Every lock held on the queue runs out now; the messages go back with their delivery counts raised.</summary>
    public void LoseLocks(string queue) => _broker.Find(queue).LoseLocks();

    /// <summary>The next sends, attached links and management requests are answered <c>com.microsoft:server-busy</c>.</summary>
    public void AnswerServerBusy(string queue, int times = 1) => Script(queue, Fault.ServerBusy, times);

    /// <summary>The next messages handed out are handed out twice, each time under a lock of its own.</summary>
    public void DeliverTwice(string queue, int times = 1) => _broker.Find(queue).DeliverTwice(times);

    /// <summary>
    /// Sends to the queue are answered <c>com.microsoft:entity-disabled</c>, as for a queue whose sends were disabled, until the
    /// emulator's clock has moved on by <paramref name="duration"/>; zero ends it.
    /// </summary>
    public void RefuseSends(string queue, TimeSpan duration) => _refusingUntil[_broker.Find(queue)] = _clock.GetUtcNow() + duration;

    internal Error? RefusesSendTo(MessageQueue queue) =>
        _refusingUntil.TryGetValue(queue, out var until) && _clock.GetUtcNow() < until
            ? Errors.SendsRefused(queue.Options.Name)
            : IsBusy(queue);

    internal Error? IsBusy(MessageQueue queue) => Happens(queue, Fault.ServerBusy) ? Errors.ServerBusy() : null;

    internal bool LosesLock(MessageQueue queue, Guid lockToken)
    {
        if (!Happens(queue, Fault.LoseLock))
        {
            return false;
        }

        queue.LoseLock(lockToken);
        return true;
    }

    internal bool DropsBeforeSettlement(MessageQueue queue) => Happens(queue, Fault.DropBeforeSettlement);

    internal bool DropsAfterSettlement(MessageQueue queue) => Happens(queue, Fault.DropAfterSettlement);

    internal bool GoesOn(MessageQueue queue, QueueOperation operation, ExchangeSide side)
        => Interceptor?.Invoke(new QueueExchange(queue.Path, operation, side, [])) ?? true;

    /// <summary>As for any exchange; a batch is two where it holds messages due at once and messages with a time.</summary>
    internal bool GoesOn(MessageQueue queue, IReadOnlyList<MessageContent> batch, ExchangeSide side)
    {
        if (Interceptor is not { } interceptor)
        {
            return true;
        }

        return batch
            .GroupBy(
                static content => content.ScheduledEnqueueTime is null ? QueueOperation.Send : QueueOperation.Schedule,
                static content => content.MessageId ?? "")
            .Aggregate(true, (goesOn, sent) => interceptor(new QueueExchange(queue.Path, sent.Key, side, [.. sent])) && goesOn);
    }

    private void Script(string queue, Fault fault, int times) =>
        _left.AddOrUpdate((_broker.Find(queue), fault), times, (_, left) => left + times);

    private bool Happens(MessageQueue queue, Fault fault)
    {
        while (_left.TryGetValue((queue, fault), out var left) && left > 0)
        {
            if (_left.TryUpdate((queue, fault), left - 1, left))
            {
                return true;
            }
        }

        return false;
    }
}
