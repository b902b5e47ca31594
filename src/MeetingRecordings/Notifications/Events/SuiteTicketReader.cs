using System.Text.Json;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>Reads the ticket that DingTalk pushes to a third-party app about every five hours.</summary>
/// <remarks>Source: DingTalk open platform, "Suite ticket".</remarks>
internal static class SuiteTicketReader
{
    /// <summary>The name of the event.</summary>
    public const string EventType = "suite_ticket";

    // Several times as long as any that DingTalk's pages show.
    private const int MaxLength = 1024;

    /// <summary>Reads a ticket.</summary>
    /// <param name="plaintext">UTF-8 JSON.</param>
    /// <param name="sentAt">Milliseconds since 1970, where the ticket itself has no time.</param>
    public static DingTalkEvent Read(ReadOnlySpan<byte> plaintext, long? sentAt)
    {
        SuiteTicketBody? body;
        try
        {
            body = JsonSerializer.Deserialize(plaintext, NotificationJsonContext.Default.SuiteTicketBody);
        }
        catch (JsonException)
        {
            return new DingTalkEvent.Malformed("$", "the JSON of a DingTalk event");
        }

        return body?.SuiteTicket is { Length: > 0 and <= MaxLength } ticket && !ticket.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new DingTalkEvent.SuiteTicketPushed(body.SuiteKey, ticket, UnixMilliseconds.ToTimestamp(body.TimeStamp ?? sentAt))
            : new DingTalkEvent.Malformed("suiteTicket", $"1 to {MaxLength} printable ASCII characters without spaces");
    }
}
