using System.Text;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Functions.Operators;

/// <summary>Tells whether a message is about a conference, whoever put it on the queue.</summary>
internal static class ConferenceMention
{
    /// <summary>Whether the body names the conference; where the body cannot be read, whether the id stands in it as a word of its own.</summary>
    public static bool IsAbout(ServiceBusReceivedMessage message, string conferenceId)
        => ConferenceMessageJson.Parse(message.Body).Succeeded(out var conference, out _)
            ? conference.ConferenceId == conferenceId
            : Mentions(Encoding.UTF8.GetString(message.Body), conferenceId);

    private static bool Mentions(string text, string id)
    {
        for (var at = text.IndexOf(id, StringComparison.Ordinal); at >= 0; at = text.IndexOf(id, at + 1, StringComparison.Ordinal))
        {
            var end = at + id.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
