using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Functions.Queues;

/// <summary>The queue of conferences that DingTalk's failures made us give up, to be replayed when it has recovered.</summary>
/// <param name="sender">Sends to it.</param>
/// <param name="clock">The time.</param>
public sealed class PoisonQueue(ServiceBusSender sender, TimeProvider clock)
{
    /// <summary>Puts a message there as it was, with what is known of its end.</summary>
    /// <param name="received">The message that is given up.</param>
    /// <param name="poison">Why.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public Task SendAsync(ServiceBusReceivedMessage received, RecoveryAction.Poison poison, CancellationToken cancellationToken)
    {
        var poisoned = new ServiceBusMessage(received.Body)
        {
            // One lineage ends once, so a second attempt at the same end is dropped as a duplicate.
            MessageId = Lineage.MessageIdOf($"{poison.Lineage.Root}/poison"),
            ContentType = received.ContentType,
            Subject = poison.Error?.Code ?? poison.Reason,
        };
        var properties = poisoned.ApplicationProperties;
        LineageProperties.Write(poison.Lineage, properties);
        properties[QueueProperties.Reason] = poison.Reason;
        properties[QueueProperties.OriginalMessageId] = received.MessageId ?? "";
        WriteTimes(received, properties);
        if (poison.Error is { } error)
        {
            WriteError(error, properties);
        }

        // Without an activity of ours, the trace is the one that the message came with.
        if (received.ApplicationProperties.TryGetValue(QueueProperties.TraceParent, out var traceParent))
        {
            properties.TryAdd(QueueProperties.TraceParent, traceParent);
        }

        return sender.SendMessageAsync(poisoned, cancellationToken);
    }

    /// <summary>Writes what an operator needs to know of the failure that ends a message.</summary>
    internal void WriteFailure(ServiceBusReceivedMessage received, DingTalkError error, IDictionary<string, object> properties)
    {
        WriteTimes(received, properties);
        WriteError(error, properties);
    }

    private static void WriteError(DingTalkError error, IDictionary<string, object> properties)
    {
        properties[QueueProperties.Code] = error.Code;
        properties[QueueProperties.Message] = error.Message;
        if (error.RequestId is not null)
        {
            properties[QueueProperties.RequestId] = error.RequestId;
        }

        if (error.Status is { } status)
        {
            properties[QueueProperties.HttpStatus] = status;
        }
    }

    /// <summary>Writes that a message has failed just now, and for the first time unless it had failed before.</summary>
    internal void WriteTimes(ServiceBusReceivedMessage received, IDictionary<string, object> properties)
    {
        var now = LineageProperties.ToText(clock.GetUtcNow());
        properties[QueueProperties.LastFailureAt] = now;
        if (!received.ApplicationProperties.ContainsKey(QueueProperties.FirstFailureAt))
        {
            properties.TryAdd(QueueProperties.FirstFailureAt, now);
        }
    }
}
