using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Archiving;

namespace MeetingRecordings.Functions.Queues;

/// <summary>A message of the recording queue, read.</summary>
internal static class ReceivedRecording
{
    /// <summary>What a slice begins with.</summary>
    public static Parsed<Slice> Parse(ServiceBusReceivedMessage message)
    {
        if (!ArchiveMessageJson.Parse(MessageBody.Read(message).ToMemory().Span).Succeeded(out var recording, out var problem))
        {
            return problem;
        }

        var lineage = LineageProperties.Read(message.ApplicationProperties, message.MessageId ?? recording.Root, message.EnqueuedTime);
        return new Slice(recording, lineage.ContinueFrom(message.SequenceNumber));
    }

    /// <summary>Begins the span of a slice, below that of what sent the message.</summary>
    public static Activity? StartActivity(ServiceBusReceivedMessage message) => MessageTrace.StartActivity("archive recording", message);
}
