using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Failed;

/// <summary>
/// Takes single messages out of a queue. Service Bus hands messages out in their order only, so those that lie before a wanted
/// one are held until the end and then released; that costs each of them a delivery, which is why a poison queue needs a high
/// maximum of deliveries (a dead-letter queue has none). The work is bounded well under the time that a lock lasts.
/// </summary>
/// <param name="receiver">Receives from the queue, in peek-lock mode, without prefetching.</param>
/// <param name="clock">The time.</param>
internal sealed class MessagePicker(ServiceBusReceiver receiver, TimeProvider clock)
{
    /// <summary>The most messages that are held on the way to the wanted ones.</summary>
    public const int Reach = 2000;

    /// <summary>The most messages that are looked for once more where they were not met.</summary>
    public const int MaxIds = 100;

    private const int MaxBatch = 100;
    private const int ConcurrentReleases = 32;
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestScan = TimeSpan.FromSeconds(20);

    /// <summary>Takes the wanted messages and releases the others.</summary>
    /// <param name="wanted">Their sequence numbers.</param>
    /// <param name="act">Handles a wanted message; what it does not settle is released.</param>
    /// <param name="cancellationToken">Cancels the rest.</param>
    /// <returns>What came of each wanted message.</returns>
    public async Task<IReadOnlyDictionary<long, MessageResult>> PickAsync(
        IReadOnlySet<long> wanted,
        Func<ServiceBusReceivedMessage, CancellationToken, Task<MessageResult>> act,
        CancellationToken cancellationToken)
    {
        var results = new ConcurrentDictionary<long, MessageResult>();
        var held = new List<ServiceBusReceivedMessage>();
        var wasBounded = false;
        try
        {
            var start = clock.GetTimestamp();
            for (var size = Math.Min(wanted.Count, MaxBatch); results.Count < wanted.Count; size = Math.Min(size * 2, MaxBatch))
            {
                wasBounded = held.Count >= Reach || clock.GetElapsedTime(start) >= LongestScan;
                if (wasBounded || await receiver.ReceiveMessagesAsync(size, ReceiveWait, cancellationToken) is not { Count: > 0 } batch)
                {
                    break;
                }

                await Task.WhenAll(batch.Where(message => wanted.Contains(message.SequenceNumber)).Select(async message
                    => results[message.SequenceNumber] = await TryActAsync(message, act, cancellationToken)));
                held.AddRange(batch.Where(message => !IsSettled(results.GetValueOrDefault(message.SequenceNumber))));
            }
        }
        finally
        {
            await Parallel.ForEachAsync(
                held, new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReleases }, async (message, _) => await ReleaseAsync(message));
        }

        await ExplainMissedAsync([.. wanted.Where(id => !results.ContainsKey(id))], wasBounded, results, cancellationToken);
        return results;
    }

    private static bool IsSettled(MessageResult? result) => result?.Outcome is MessageOutcome.Replayed or MessageOutcome.Dropped;

    private static async Task<MessageResult> TryActAsync(
        ServiceBusReceivedMessage message,
        Func<ServiceBusReceivedMessage, CancellationToken, Task<MessageResult>> act,
        CancellationToken cancellationToken)
    {
        try
        {
            return await act(message, cancellationToken);
        }
        catch (Exception e)
        {
            // The others of its batch must be released all the same.
            var why = (e as ServiceBusException)?.Reason.ToString() ?? e.GetType().Name;
            return new MessageResult(message.SequenceNumber, MessageOutcome.Failed, Detail: $"Service Bus: {why}. It is where it was.");
        }
    }

    private async Task ExplainMissedAsync(
        IReadOnlyList<long> missed, bool wasBounded, ConcurrentDictionary<long, MessageResult> results, CancellationToken cancellationToken)
    {
        var there = missed.Count <= MaxIds
            ? (await FailedMessageList.FindAsync(receiver, missed, cancellationToken)).Select(static message => message.Id).ToHashSet()
            : missed.ToHashSet();
        foreach (var id in missed)
        {
            results[id] = !there.Contains(id) ? NotFound(id)
                : wasBounded ? new MessageResult(
                    id, MessageOutcome.OutOfReach, Detail: $"More than {Reach} others lie before it. Replay or drop those first.")
                : new MessageResult(id, MessageOutcome.Locked, Detail: "Another receiver holds it. Try again in a minute.");
        }
    }

    /// <summary>The result of a message that is not there.</summary>
    public static MessageResult NotFound(long id)
        => new(id, MessageOutcome.NotFound, Detail: "There is no such message, or somebody else has settled it.");

    private async Task ReleaseAsync(ServiceBusReceivedMessage message)
    {
        try
        {
            // Also for a caller who has gone: the message would stay hidden from the next until its lock ends.
            await receiver.AbandonMessageAsync(message, null, CancellationToken.None);
        }
        catch (ServiceBusException)
        {
            // Its lock has ended or will: it is free then.
        }
    }
}
