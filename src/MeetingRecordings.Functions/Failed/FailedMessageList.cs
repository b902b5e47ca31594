using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Looks at the messages that have failed, without touching them.</summary>
public sealed class FailedMessageList
{
    /// <summary>The most messages of one page.</summary>
    public const int MaxMessages = 1000;

    private const int MaxPeeked = 10_000;

    private readonly FailedReceivers _receivers;
    private readonly TimeProvider _clock;

    internal FailedMessageList(FailedReceivers receivers, TimeProvider clock) => (_receivers, _clock) = (receivers, clock);

    /// <summary>Lists messages, the oldest first.</summary>
    /// <param name="queue">Where.</param>
    /// <param name="selection">Which.</param>
    /// <param name="max">The most to list.</param>
    /// <param name="from">The least sequence number to list.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A page; after looking at 10,000 messages it ends, full or not.</returns>
    public async Task<FailedPage> ListAsync(
        FailedQueue queue, FailedSelection selection, int max, long from, CancellationToken cancellationToken)
    {
        await using var receiver = _receivers.Create(queue);
        var (now, messages, peeked) = (_clock.GetUtcNow(), new List<FailedMessage>(), 0);
        await foreach (var received in receiver.PeekFromAsync(from, cancellationToken))
        {
            if (messages.Count == max || peeked++ == MaxPeeked)
            {
                return new FailedPage(queue, messages, received.SequenceNumber);
            }

            var message = FailedMessage.From(received);
            if (selection.Matches(message, now))
            {
                messages.Add(message);
            }
        }

        return new FailedPage(queue, messages, null);
    }

    /// <summary>Those with these sequence numbers, as far as there are such.</summary>
    internal static async Task<IReadOnlyList<FailedMessage>> FindAsync(
        ServiceBusReceiver receiver, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var found = new List<FailedMessage>();
        foreach (var id in ids)
        {
            // A peek answers with the next message where there is none of that number.
            if (await receiver.PeekMessageAsync(id, cancellationToken) is { } message && message.SequenceNumber == id)
            {
                found.Add(FailedMessage.From(message));
            }
        }

        return found;
    }

    /// <summary>The oldest that are meant, as far as a picker reaches them, and whether there are or may be more.</summary>
    internal static async Task<(IReadOnlyList<FailedMessage> Meant, bool More)> SelectAsync(
        ServiceBusReceiver receiver, FailedSelection selection, int max, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var meant = new List<FailedMessage>();
        var others = 0;
        await foreach (var received in receiver.PeekFromAsync(0, cancellationToken))
        {
            var message = FailedMessage.From(received);
            if (!selection.Matches(message, now))
            {
                if (others++ == MessagePicker.Reach)
                {
                    return (meant, true);
                }
            }
            else if (meant.Count == max)
            {
                return (meant, true);
            }
            else
            {
                meant.Add(message);
            }
        }

        return (meant, false);
    }
}
