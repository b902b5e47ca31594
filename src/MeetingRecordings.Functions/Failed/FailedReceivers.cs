using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Settings;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Receives from where failed messages lie, in peek-lock mode and without prefetching.</summary>
internal sealed class FailedReceivers(ServiceBusClient client, ServiceBusSettings settings)
{
    public ServiceBusReceiver Create(FailedQueue queue) => queue == FailedQueue.Poison
        ? client.CreateReceiver(settings.PoisonQueue)
        : client.CreateReceiver(settings.ConferenceQueue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
}
