using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Poison;

/// <summary>
/// Takes single messages out of a queue. Service Bus hands messages out in their order only, so those that lie before a wanted
/// one are held until the end and then let go; that costs each of them a delivery, which is why a poison queue needs a high
/// maximum of deliveries (a dead-letter queue has none). The work is bounded well under the time that a lock lasts.
/// </summary>
/// <param name="receiver">Receives from the queue, in peek-lock mode, without prefetching.</param>
/// <param name="clock">The time.</param>
internal sealed class PoisonPicker(ServiceBusReceiver receiver, TimeProvider clock)
{
    /// <summary>The most messages that are held on the way to the wanted ones.</summary>
    public const int Reach = 2000;

    private const int MaxBatch = 100;
    private const int ConcurrentReleases = 32;
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestScan = TimeSpan.FromSeconds(20);

    /// <summary>Takes the wanted messages and lets the others go.</summary>
    /// <param name="wanted">Their sequence numbers; those that were not met remain.</param>
    /// <param name="settle">Handles a wanted message: true where it has settled it, false to let it go.</param>
    /// <param name="cancellationToken">Gives the rest up.</param>
    /// <returns>False where the work was bounded before every message was seen.</returns>
    public async Task<bool> PickAsync(
        HashSet<long> wanted,
        Func<ServiceBusReceivedMessage, CancellationToken, Task<bool>> settle,
        CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var held = new List<ServiceBusReceivedMessage>();
        try
        {
            for (var size = Math.Min(wanted.Count, MaxBatch); wanted.Count > 0; size = Math.Min(size * 2, MaxBatch))
            {
                if (held.Count >= Reach || clock.GetElapsedTime(start) >= LongestScan)
                {
                    return false;
                }

                var batch = await receiver.ReceiveMessagesAsync(size, ReceiveWait, cancellationToken).ConfigureAwait(false);
                if (batch.Count == 0)
                {
                    return true;
                }

                var settled = await Task.WhenAll(batch.Select(async message
                    => wanted.Contains(message.SequenceNumber) && await settle(message, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
                held.AddRange(batch.Zip(settled).Where(static pair => !pair.Second).Select(static pair => pair.First));
                wanted.ExceptWith(batch.Select(static message => message.SequenceNumber));
            }

            return true;
        }
        finally
        {
            await Parallel.ForEachAsync(
                held,
                new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReleases },
                async (message, _) => await ReleaseAsync(message).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task ReleaseAsync(ServiceBusReceivedMessage message)
    {
        try
        {
            // Also for a caller who has gone: the message would stay hidden from the next until its lock ends.
            await receiver.AbandonMessageAsync(message, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ServiceBusException)
        {
            // Its lock has ended or will: it is free then.
        }
    }
}
