using Azure.Messaging.ServiceBus;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Functions.Queues;

/// <summary>What a message carries for an operator once it has failed.</summary>
internal static class FailureProperties
{
    /// <summary>Writes what is known of a failure.</summary>
    public static void Write(Failure failure, IDictionary<string, object> properties)
    {
        properties[QueueProperties.Code] = failure.Code;
        properties[QueueProperties.Message] = failure.Message;
        if (failure.RequestId is not null)
        {
            properties[QueueProperties.RequestId] = failure.RequestId;
        }

        if (failure.HttpStatus is { } status)
        {
            properties[QueueProperties.HttpStatus] = status;
        }
    }

    /// <summary>Writes that a message has failed just now, and for the first time unless it had failed before.</summary>
    public static void WriteTimes(ServiceBusReceivedMessage received, DateTimeOffset now, IDictionary<string, object> properties)
    {
        properties[QueueProperties.LastFailureAt] = LineageProperties.ToText(now);
        if (!received.ApplicationProperties.ContainsKey(QueueProperties.FirstFailureAt))
        {
            properties.TryAdd(QueueProperties.FirstFailureAt, LineageProperties.ToText(now));
        }
    }
}
