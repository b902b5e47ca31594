using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;

namespace Console.Tests;

/// <summary>Messages as the app leaves them in the poison queue.</summary>
internal static class FailedMessages
{
    public static ServiceBusMessage Poisoned(string conferenceId, string reason, string? code = null, string? message = null)
    {
        var poisoned = new ServiceBusMessage(
            ConferenceMessageJson.Serialize(new ConferenceMessage(conferenceId, null, null, null, Trigger.MeetingEnded)))
        {
            MessageId = conferenceId,
        };
        foreach (var (name, value) in new[] { ("reason", reason), ("code", code), ("message", message) })
        {
            if (value is not null)
            {
                poisoned.ApplicationProperties[name] = value;
            }
        }

        return poisoned;
    }
}
