using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Functions.Queues;

/// <summary>A message of the conference queue, read.</summary>
internal static class ReceivedConference
{
    /// <summary>What a look at the conference begins with.</summary>
    public static Parsed<Look> Parse(ServiceBusReceivedMessage message)
    {
        if (!MessageBody.Parse(message).Succeeded(out var conference, out var problem))
        {
            return problem;
        }

        var lineage = LineageProperties.Read(
            message.ApplicationProperties, message.MessageId ?? conference.ConferenceId, message.EnqueuedTime);
        return new Look(conference, lineage.ContinueFrom(message.SequenceNumber));
    }

    /// <summary>Begins the span of a look, below that of what sent the message.</summary>
    public static Activity? StartActivity(ServiceBusReceivedMessage message) => MessageTrace.StartActivity("look at conference", message);
}
