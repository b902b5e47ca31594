using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Settings;

namespace MeetingRecordings.Functions.Operators;

/// <summary>Takes every message about a conference out of the queues.</summary>
/// <param name="client">Connects.</param>
/// <param name="settings">Names the queues.</param>
/// <param name="clock">The time.</param>
internal sealed class QueueErasure(ServiceBusClient client, ServiceBusSettings settings, TimeProvider clock)
{
    /// <summary>Looks through the queues once, and takes out what it finds unless it is a dry run.</summary>
    public async Task<IReadOnlyList<ErasedPlace>> RunAsync(string conferenceId, bool dryRun, CancellationToken cancellationToken)
    {
        return
        [
            .. await EraseAsync(settings.ConferenceQueue, "scheduled for a later look", "waiting or under way", conferenceId, dryRun, cancellationToken),
            await PickAsync("in the poison queue", settings.PoisonQueue, SubQueue.None, conferenceId, dryRun, cancellationToken),
            await PickAsync("among the dead letters", settings.ConferenceQueue, SubQueue.DeadLetter, conferenceId, dryRun, cancellationToken),
            await PickAsync(
                "among the poison queue's dead letters", settings.PoisonQueue, SubQueue.DeadLetter, conferenceId, dryRun, cancellationToken),
            .. await EraseRecordingsAsync(conferenceId, dryRun, cancellationToken),
        ];
    }

    private async Task<IReadOnlyList<ErasedPlace>> EraseRecordingsAsync(string conferenceId, bool dryRun, CancellationToken cancellationToken)
    {
        const string Scheduled = "recordings to archive later";
        const string Waiting = "recordings to archive";
        const string Dead = "recordings that could not be archived";
        try
        {
            return
            [
                .. await EraseAsync(settings.RecordingQueue, Scheduled, Waiting, conferenceId, dryRun, cancellationToken),
                await PickAsync(Dead, settings.RecordingQueue, SubQueue.DeadLetter, conferenceId, dryRun, cancellationToken),
            ];
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
        {
            // Where nothing is archived there need not be such a queue.
            return [new ErasedPlace(Scheduled, 0, 0), new ErasedPlace(Waiting, 0, 0), new ErasedPlace(Dead, 0, 0)];
        }
    }

    private async Task<IReadOnlyList<ErasedPlace>> EraseAsync(
        string queue, string scheduledPlace, string waitingPlace, string conferenceId, bool dryRun, CancellationToken cancellationToken)
    {
        await using var receiver = client.CreateReceiver(queue);
        var found = await FindAsync(receiver, conferenceId, cancellationToken);
        var scheduled = found.Where(static message => message.State == ServiceBusMessageState.Scheduled).ToList();
        var cancelled = dryRun ? 0 : await CancelAsync(queue, scheduled, cancellationToken);
        return
        [
            new ErasedPlace(scheduledPlace, scheduled.Count, cancelled),
            await PickAsync(waitingPlace, receiver, found.Except(scheduled), dryRun, cancellationToken),
        ];
    }

    private async Task<int> CancelAsync(string queue, IEnumerable<ServiceBusReceivedMessage> scheduled, CancellationToken cancellationToken)
    {
        await using var sender = client.CreateSender(queue);
        var cancelled = 0;
        foreach (var message in scheduled)
        {
            try
            {
                await sender.CancelScheduledMessageAsync(message.SequenceNumber, cancellationToken);
                cancelled++;
            }
            catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.MessageNotFound)
            {
                // It has become due meanwhile: the next pass meets it where it waits.
            }
        }

        return cancelled;
    }

    private async Task<ErasedPlace> PickAsync(
        string place, string queue, SubQueue part, string conferenceId, bool dryRun, CancellationToken cancellationToken)
    {
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = part });
        return await PickAsync(place, receiver, await FindAsync(receiver, conferenceId, cancellationToken), dryRun, cancellationToken);
    }

    private async Task<ErasedPlace> PickAsync(
        string place, ServiceBusReceiver receiver, IEnumerable<ServiceBusReceivedMessage> found, bool dryRun, CancellationToken cancellationToken)
    {
        var wanted = found.Select(static message => message.SequenceNumber).ToHashSet();
        if (dryRun || wanted.Count == 0)
        {
            return new ErasedPlace(place, wanted.Count, 0);
        }

        var picked = await new MessagePicker(receiver, clock).PickAsync(
            wanted,
            async (message, _) =>
            {
                await receiver.CompleteMessageAsync(message, CancellationToken.None);
                return new MessageResult(message.SequenceNumber, MessageOutcome.Dropped);
            },
            cancellationToken);
        return new ErasedPlace(place, wanted.Count, picked.Values.Count(static result => result.Outcome == MessageOutcome.Dropped));
    }

    private static async Task<IReadOnlyList<ServiceBusReceivedMessage>> FindAsync(
        ServiceBusReceiver receiver, string conferenceId, CancellationToken cancellationToken)
    {
        var found = new List<ServiceBusReceivedMessage>();
        await foreach (var message in receiver.PeekFromAsync(0, cancellationToken))
        {
            if (ConferenceMention.IsAbout(message, conferenceId))
            {
                found.Add(message);
            }
        }

        return found;
    }
}
