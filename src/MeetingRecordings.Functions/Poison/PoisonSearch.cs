using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Poison;

/// <summary>Finds the messages that an operator means, without touching them.</summary>
internal static class PoisonSearch
{
    /// <summary>Those with these sequence numbers, as far as there are such.</summary>
    public static async Task<IReadOnlyList<PoisonedMessage>> FindAsync(ServiceBusReceiver receiver, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var found = new List<PoisonedMessage>();
        foreach (var id in ids)
        {
            // A peek answers with the next message where there is none of that number.
            if (await receiver.PeekMessageAsync(id, cancellationToken).ConfigureAwait(false) is { } message && message.SequenceNumber == id)
            {
                found.Add(PoisonedMessage.From(message));
            }
        }

        return found;
    }

    /// <summary>The oldest that are meant, as far as they can be reached, and whether there are or may be more.</summary>
    public static async Task<(IReadOnlyList<PoisonedMessage> Meant, bool More)> SelectAsync(
        ServiceBusReceiver receiver,
        PoisonSelection selection,
        int max,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var meant = new List<PoisonedMessage>();
        var others = 0;
        await foreach (var received in receiver.PeekFromAsync(0, cancellationToken).ConfigureAwait(false))
        {
            var message = PoisonedMessage.From(received);
            if (!selection.Matches(message, now))
            {
                if (others++ == PoisonPicker.Reach)
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
