using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Queues;

namespace Benchmarks.Notifications;

/// <summary>What the product would be without group commit: every message is a send of its own.</summary>
/// <param name="sender">Sends.</param>
internal sealed class SingleSender(ServiceBusSender sender) : BatchingSender(sender)
{
    private readonly ServiceBusSender _sender = sender;

    public override Task SendAsync(ServiceBusMessage message, CancellationToken cancellationToken)
        => _sender.SendMessageAsync(message, cancellationToken);
}
