using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Functions.Queues;

/// <summary>The queue of conferences that DingTalk's failures kept from being recorded, to be replayed when it has recovered.</summary>
/// <param name="sender">Sends to it.</param>
/// <param name="clock">The time.</param>
public sealed class PoisonQueue(ServiceBusSender sender, TimeProvider clock)
{
    /// <summary>Puts a message there as it was, with what is known of its failure.</summary>
    /// <param name="received">The message.</param>
    /// <param name="poison">Why.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task SendAsync(ServiceBusReceivedMessage received, RecoveryAction.Poison poison, CancellationToken cancellationToken)
    {
        var poisoned = new ServiceBusMessage(MessageBody.Read(received))
        {
            // One lineage ends once, so a second attempt at the same end is dropped as a duplicate.
            MessageId = Lineage.MessageIdOf($"{poison.Lineage.Root}/poison"),
            ContentType = received.ContentType,
            Subject = poison.Failure?.Code ?? poison.Reason,
        };
        var properties = poisoned.ApplicationProperties;
        LineageProperties.Write(poison.Lineage, properties);
        properties[QueueProperties.Reason] = poison.Reason;
        properties[QueueProperties.OriginalMessageId] = received.MessageId ?? "";
        FailureProperties.WriteTimes(received, clock.GetUtcNow(), properties);
        if (poison.Failure is { } failure)
        {
            FailureProperties.Write(failure, properties);
        }

        // Without an activity of ours, the trace is the one that the message came with.
        if (received.ApplicationProperties.TryGetValue(QueueProperties.TraceParent, out var traceParent))
        {
            properties.TryAdd(QueueProperties.TraceParent, traceParent);
        }

        return sender.SendMessageAsync(poisoned, cancellationToken);
    }
}
