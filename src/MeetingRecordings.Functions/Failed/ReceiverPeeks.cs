using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Looks through a queue without touching it.</summary>
internal static class ReceiverPeeks
{
    private const int PageSize = 250;

    /// <summary>The messages from a sequence number on, the oldest first; those that others hold are among them.</summary>
    public static async IAsyncEnumerable<ServiceBusReceivedMessage> PeekFromAsync(
        this ServiceBusReceiver receiver,
        long first,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A page may be short without being the last.
        while (await receiver.PeekMessagesAsync(PageSize, first, cancellationToken) is { Count: > 0 } page)
        {
            if (page[^1].SequenceNumber < first)
            {
                // A broker that does not heed where to start would show the same page for ever.
                yield break;
            }

            foreach (var message in page)
            {
                yield return message;
            }

            first = page[^1].SequenceNumber + 1;
        }
    }
}
