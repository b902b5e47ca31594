using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>Reads <c>{conferenceId, unionId?, corpId?, endedAt?}</c>, one or an array, from any system.</summary>
public static class PlainNotificationReader
{
    /// <summary>The greatest number of notifications in one request.</summary>
    public const int MaxItems = NotificationList.MaxItems;

    private const int MaxDepth = 8;
    private const int KeyHashLength = 32;

    private static readonly string[] TimestampFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

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

        if (Identifiers.ProblemOf(body.ConferenceId, body.UnionId, body.CorpId) is { } problem)
        {
            return problem;
        }

        return TryReadTimestamp(body.EndedAt, out var endedAt)
            ? new ConferenceMessage(body.ConferenceId!, body.UnionId, body.CorpId, endedAt, Trigger.MeetingEnded)
            : new FieldProblem("endedAt", "an ISO 8601 timestamp with its offset, for instance 2026-11-23T08:00:00Z");
    }

    // The offset is required: without it the machine's own would count, and two machines could disagree.
    private static bool TryReadTimestamp(string? text, out DateTimeOffset? timestamp)
    {
        timestamp = null;
        if (text is null)
        {
            return true;
        }

        if (!DateTimeOffset.TryParseExact(text, TimestampFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            return false;
        }

        timestamp = parsed.ToUniversalTime();
        return true;
    }

    private static string KeyOf(string? idempotencyKey)
        => idempotencyKey is null
            ? Guid.CreateVersion7().ToString("N")
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..KeyHashLength];
}
