using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Settings;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Receives from where failed messages lie, in peek-lock mode and without prefetching.</summary>
internal sealed class FailedReceivers(ServiceBusClient client, ServiceBusSettings settings)
{
    public ServiceBusReceiver Create(FailedQueue queue) => queue switch
    {
        FailedQueue.Poison => client.CreateReceiver(settings.PoisonQueue),
        FailedQueue.Recordings => CreateForDeadLettersOf(settings.RecordingQueue),
        _ => CreateForDeadLettersOf(settings.ConferenceQueue),
    };

    public ServiceBusReceiver CreateForDeadLettersOf(string queue)
        => client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
}
