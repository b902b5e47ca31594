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
            body,
            MaxDepth,
            "an object with conferenceId, or an array of them",
            (JsonElement item, out MeetingNotification notification) => ReadItem(item, idempotencyKey, out notification));

    /// <summary>Reads one notification.</summary>
    /// <param name="item">Its JSON.</param>
    /// <param name="idempotencyKey">As above.</param>
    /// <param name="notification">The notification, where the result is null.</param>
    /// <returns>Null, or what is wrong with it.</returns>
    internal static PlainRejection? ReadItem(JsonElement item, string? idempotencyKey, out MeetingNotification notification)
    {
        notification = null!;
        if (ReadMessage(item, out var message) is { } rejection)
        {
            return rejection;
        }

        var source = message.EndedAt is null ? EndedAtSource.Fallback : EndedAtSource.Event;
        notification = new MeetingNotification(message, $"{message.ConferenceId}:plain:{KeyOf(idempotencyKey)}", source);
        return null;
    }

    private static PlainRejection? ReadMessage(JsonElement item, out ConferenceMessage message)
    {
        message = null!;
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new PlainRejection(0, "$", "an object with conferenceId");
        }

        PlainNotificationBody body;
        try
        {
            body = item.Deserialize(NotificationJsonContext.Default.PlainNotificationBody)!;
        }
        catch (JsonException e)
        {
            // The path is that of a field which is known here, in whichever case it came.
            return new PlainRejection(0, e.Path?.TrimStart('$', '.') ?? "$", "a string");
        }

        if (!Identifiers.IsConferenceId(body.ConferenceId))
        {
            return new PlainRejection(0, "conferenceId", Identifiers.ConferenceIdGrammar);
        }

        if (body.UnionId is not null && !Identifiers.IsPrincipal(body.UnionId))
        {
            return new PlainRejection(0, "unionId", Identifiers.PrincipalGrammar);
        }

        if (body.CorpId is not null && !Identifiers.IsPrincipal(body.CorpId))
        {
            return new PlainRejection(0, "corpId", Identifiers.PrincipalGrammar);
        }

        if (!TryReadTimestamp(body.EndedAt, out var endedAt))
        {
            return new PlainRejection(0, "endedAt", "an ISO 8601 timestamp with its offset, for instance 2026-11-23T08:00:00Z");
        }

        message = new ConferenceMessage(body.ConferenceId!, body.UnionId, body.CorpId, endedAt, Trigger.MeetingEnded);
        return null;
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
