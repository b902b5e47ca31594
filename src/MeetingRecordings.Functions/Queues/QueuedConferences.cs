using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Settings;

namespace MeetingRecordings.Functions.Queues;

/// <summary>Finds a conference's messages by peeking. Service Bus cannot be asked for one.</summary>
/// <param name="client">Connects.</param>
/// <param name="settings">Names the queues.</param>
internal sealed class QueuedConferences(ServiceBusClient client, ServiceBusSettings settings) : IConferenceMessages
{
    /// <inheritdoc />
    /// <remarks>It looks at <see cref="QueueSurvey.MaxCounted"/> messages a queue; those behind them are not found.</remarks>
    public async Task<bool> AnyNotifiedAsync(string conferenceId, CancellationToken cancellationToken)
        // In the order in which a message passes from one to the other, so that it cannot slip through.
        => await AnyAsync(settings.ConferenceQueue, SubQueue.None, conferenceId, cancellationToken)
            || await AnyAsync(settings.ConferenceQueue, SubQueue.DeadLetter, conferenceId, cancellationToken)
            || await AnyAsync(settings.PoisonQueue, SubQueue.None, conferenceId, cancellationToken);

    private async Task<bool> AnyAsync(string queue, SubQueue part, string conferenceId, CancellationToken cancellationToken)
    {
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = part });
        return await receiver.PeekFromAsync(0, cancellationToken).Take(QueueSurvey.MaxCounted).AnyAsync(IsNotified, cancellationToken);

        // Neither a watch nor the event of a summary comes to an end where another message of the conference does.
        bool IsNotified(ServiceBusReceivedMessage message)
            => MessageBody.Parse(message).Succeeded(out var conference, out _)
                && conference.ConferenceId == conferenceId
                && conference.Trigger is not (Trigger.Watch or Trigger.SummaryReady);
    }
}
