using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Settings;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Counts what lies in the queues. It peeks, which touches no message and needs no right to manage a queue, where Service Bus's own
/// metrics say 0 of a queue that nobody touches.
/// </summary>
/// <param name="client">Connects.</param>
/// <param name="settings">Names the queues.</param>
internal sealed class QueueSurvey(ServiceBusClient client, ServiceBusSettings settings)
{
    /// <summary>The most messages that are counted in one place: 10,000, or forty peeks.</summary>
    public const int MaxCounted = 10_000;

    /// <summary>Counts, everywhere at once.</summary>
    public async Task<SurveyedQueues> CountAsync(CancellationToken cancellationToken)
    {
        var queues = new List<string> { settings.ConferenceQueue, settings.PoisonQueue };
        if (settings.HasRecordings)
        {
            queues.Add(settings.RecordingQueue);
        }

        var counts = await Task.WhenAll(queues.SelectMany(queue => new[] { SubQueue.None, SubQueue.DeadLetter }
            .Select(part => CountAsync(queue, part, cancellationToken))));
        return new SurveyedQueues(counts[0], counts[1], counts[2], counts[3], counts.ElementAtOrDefault(4), counts.ElementAtOrDefault(5));
    }

    private async Task<QueueContent> CountAsync(string queue, SubQueue part, CancellationToken cancellationToken)
    {
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = part });
        var (active, scheduled, oldest) = (0, 0, (DateTimeOffset?)null);
        await foreach (var message in receiver.PeekFromAsync(0, cancellationToken))
        {
            if (active + scheduled == MaxCounted)
            {
                return new QueueContent(active, scheduled, oldest, IsWhole: false);
            }

            if (message.State == ServiceBusMessageState.Scheduled)
            {
                scheduled++;
                continue;
            }

            active++;
            oldest = oldest is null || message.EnqueuedTime < oldest ? message.EnqueuedTime : oldest;
        }

        return new QueueContent(active, scheduled, oldest, IsWhole: true);
    }
}
