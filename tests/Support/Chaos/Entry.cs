using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;

namespace Support.Chaos;

/// <summary>A message that a conference has ended in.</summary>
/// <param name="ConferenceId">The conference; empty where the body names none.</param>
/// <param name="Reason">Why.</param>
/// <param name="MessageId">The message's id, which tells its notification and its step.</param>
/// <param name="Deliveries">How often it was delivered.</param>
public sealed record Entry(string ConferenceId, string? Reason, string MessageId, uint? Deliveries)
{
    private const int PageSize = 200;

    /// <summary>Reads every message that lies in a queue.</summary>
    public static async Task<IReadOnlyList<Entry>> ReadAsync(ServiceBusClient client, string queue, SubQueue subQueue, CancellationToken cancellationToken)
    {
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = subQueue });
        var entries = new List<Entry>();
        for (var next = 0L; ;)
        {
            var page = await receiver.PeekMessagesAsync(PageSize, next, cancellationToken);
            if (page.Count == 0)
            {
                return entries;
            }

            entries.AddRange(page.Select(Of));
            next = page[^1].SequenceNumber + 1;
        }
    }

    private static Entry Of(ServiceBusReceivedMessage message) => new(
        ConferenceMessageJson.Parse(message.Body).Succeeded(out var conference, out _) ? conference.ConferenceId : "",
        message.DeadLetterReason ?? (message.ApplicationProperties.TryGetValue("code", out var code) ? code as string : null) ?? message.Subject,
        message.MessageId,
        message.GetRawAmqpMessage().Header.DeliveryCount);
}
