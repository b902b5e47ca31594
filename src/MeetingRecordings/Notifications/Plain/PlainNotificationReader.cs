using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MeetingRecordings.Conferences;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>Reads <c>{conferenceId, unionId?, corpId?, endedAt?}</c>, one or an array, from any system.</summary>
public static partial class PlainNotificationReader
{
    /// <summary>The greatest number of notifications in one request.</summary>
    public const int MaxItems = NotificationList.MaxItems;

    /// <summary>What is expected in place of a meeting number.</summary>
    internal const string NoMeetingNumber =
        "a conference id; nine digits are the number with which people join. "
        + "DingTalk's GET /v1.0/conference/roomCodes/{roomCode}/infos gives the conference ids of a number";

    private const int MaxDepth = 8;
    private const int KeyHashLength = 32;

    /// <summary>Reads a request.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="idempotencyKey">
    /// The sender's key: two requests with the same one give the same message ids, so the second is dropped while the queue
    /// remembers the first. Null gives every notification an id of its own.
    /// </param>
    public static PlainReading Read(ReadOnlyMemory<byte> body, string? idempotencyKey)
        => NotificationList.Read(
            body, MaxDepth, "an object with conferenceId, or an array of them", item => ParseItem(item, idempotencyKey));

    /// <summary>Reads one notification.</summary>
    internal static Parsed<MeetingNotification> ParseItem(JsonElement item, string? idempotencyKey)
    {
        if (!ParseMessage(item).Succeeded(out var message, out var problem))
        {
            return problem;
        }

        var source = message.EndedAt is null ? EndedAtSource.Fallback : EndedAtSource.Event;
        return new MeetingNotification(message, $"{message.ConferenceId}:plain:{KeyOf(idempotencyKey)}", source);
    }

    private static Parsed<ConferenceMessage> ParseMessage(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new FieldProblem("$", "an object with conferenceId");
        }

        PlainNotificationBody body;
        try
        {
            body = item.Deserialize(PlainJsonContext.Default.PlainNotificationBody)!;
        }
        catch (JsonException e)
        {
            // The path is that of a field which is known here, in whichever case it came.
            return new FieldProblem(e.Path?.TrimStart('$', '.') ?? "$", "a string");
        }

        if (body.ConferenceId is not null && MeetingNumber().IsMatch(body.ConferenceId))
        {
            return new FieldProblem("conferenceId", NoMeetingNumber);
        }

        if (Identifiers.ProblemOf(body.ConferenceId, body.UnionId, body.CorpId) is { } problem)
        {
            return problem;
        }

        DateTimeOffset? endedAt = null;
        return body.EndedAt is null || InstantText.TryParse(body.EndedAt, out endedAt)
            ? new ConferenceMessage(body.ConferenceId!, body.UnionId, body.CorpId, endedAt, Trigger.MeetingEnded)
            : new FieldProblem("endedAt", InstantText.Expected);
    }

    // As DingTalk's client shows it: 123 456 789.
    [GeneratedRegex(@"^\s*[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MeetingNumber();

    private static string KeyOf(string? idempotencyKey)
        => idempotencyKey is null
            ? Guid.CreateVersion7().ToString("N")
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..KeyHashLength];
}
