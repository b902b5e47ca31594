using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Functions.Queues;

/// <summary>Goes on with the trace of what sent a message.</summary>
internal static class MessageTrace
{
    /// <summary>
    /// Begins a span. It is an internal one, for the Functions host tells of the invocation itself, which would otherwise be counted twice.
    /// </summary>
    public static Activity? StartActivity(string name, ServiceBusReceivedMessage message)
    {
        var sender = message.ApplicationProperties.GetValueOrDefault(QueueProperties.TraceParent) as string;
        return RecordingTelemetry.Source.StartActivity(
            name, ActivityKind.Internal, ActivityContext.TryParse(sender, null, isRemote: true, out var context) ? context : default);
    }
}
