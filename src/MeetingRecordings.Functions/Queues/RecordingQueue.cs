using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Archiving;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Functions.Queues;

/// <summary>The queue of recordings to archive.</summary>
/// <param name="sender">Sends to it.</param>
/// <param name="clock">The time.</param>
public sealed class RecordingQueue(ServiceBusSender sender, TimeProvider clock)
{
    /// <summary>Puts recordings on the queue. It returns only once Service Bus has accepted all of them.</summary>
    /// <param name="slices">The first slice of each.</param>
    /// <param name="cancellationToken">Gives the attempt up; some may have been accepted by then.</param>
    /// <exception cref="ServiceBusException">Not all were accepted.</exception>
    public async Task EnqueueAsync(IReadOnlyCollection<Slice> slices, CancellationToken cancellationToken)
    {
        using var activity = RecordingTelemetry.Source.StartActivity("enqueue recordings", ActivityKind.Producer);
        var waiting = new Queue<ServiceBusMessage>(slices.Select(CreateMessage));
        while (waiting.Count > 0)
        {
            using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
            while (waiting.TryPeek(out var next) && batch.TryAddMessage(next))
            {
                waiting.Dequeue();
            }

            await sender.SendMessagesAsync(batch, cancellationToken);
        }
    }

    /// <summary>Puts a further slice on the queue, to be delivered later.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="after">How long to wait.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public Task ScheduleAsync(Slice slice, TimeSpan after, CancellationToken cancellationToken)
    {
        var message = CreateMessage(slice);
        if (after > TimeSpan.Zero)
        {
            message.ScheduledEnqueueTime = clock.GetUtcNow() + after;
        }

        return sender.SendMessageAsync(message, cancellationToken);
    }

    private static ServiceBusMessage CreateMessage(Slice slice)
    {
        var message = new ServiceBusMessage(ArchiveMessageJson.Serialize(slice.Message))
        {
            MessageId = slice.Lineage.MessageId,
            ContentType = "application/json",
        };
        LineageProperties.Write(slice.Lineage, message.ApplicationProperties);
        return message;
    }
}
