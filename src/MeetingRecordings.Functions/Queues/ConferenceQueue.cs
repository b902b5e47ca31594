using Azure.Messaging.ServiceBus;
using MeetingRecordings.Notifications;

namespace MeetingRecordings.Functions.Queues;

/// <summary>The queue of conferences to look at.</summary>
/// <param name="sender">Sends to it.</param>
/// <param name="clock">The time.</param>
public sealed class ConferenceQueue(ServiceBusSender sender, TimeProvider clock)
{
    private const string ContentType = "application/json";

    /// <summary>Puts notifications on the queue. It returns only once Service Bus has accepted all of them.</summary>
    /// <param name="notifications">The notifications.</param>
    /// <param name="cancellationToken">Gives the attempt up; some may have been accepted by then.</param>
    /// <exception cref="ServiceBusException">Not all were accepted.</exception>
    public async Task EnqueueAsync(IReadOnlyCollection<MeetingNotification> notifications, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var messages = new Queue<ServiceBusMessage>(notifications.Select(n => CreateMessage(n.Message, n.Begin(now))));
        if (messages.Count == 1)
        {
            await sender.SendMessageAsync(messages.Dequeue(), cancellationToken).ConfigureAwait(false);
            return;
        }

        while (messages.Count > 0)
        {
            using var batch = await sender.CreateMessageBatchAsync(cancellationToken).ConfigureAwait(false);
            while (messages.TryPeek(out var message) && batch.TryAddMessage(message))
            {
                messages.Dequeue();
            }

            if (batch.Count == 0)
            {
                await sender.SendMessageAsync(messages.Dequeue(), cancellationToken).ConfigureAwait(false);
                continue;
            }

            await sender.SendMessagesAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a further look at a conference on the queue, to be delivered later.</summary>
    /// <param name="message">The conference, and why.</param>
    /// <param name="lineage">What it carries; its step makes the message id.</param>
    /// <param name="after">How long to wait.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public Task ScheduleAsync(ConferenceMessage message, Lineage lineage, TimeSpan after, CancellationToken cancellationToken)
    {
        var scheduled = CreateMessage(message, lineage);
        scheduled.ScheduledEnqueueTime = clock.GetUtcNow() + after;
        return sender.SendMessageAsync(scheduled, cancellationToken);
    }

    internal static ServiceBusMessage CreateMessage(ConferenceMessage message, Lineage lineage)
    {
        var created = new ServiceBusMessage(ConferenceMessageJson.Serialize(message))
        {
            MessageId = lineage.MessageId,
            ContentType = ContentType,
        };
        LineageProperties.Write(lineage, created.ApplicationProperties);
        return created;
    }
}
