using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MeetingRecordings.Notifications;

/// <summary>Reads <c>{conferenceId, unionId?, corpId?, endedAt?}</c>, one or an array, from any system.</summary>
public static class PlainNotificationReader
{
    /// <summary>The greatest number of notifications in one request.</summary>
    public const int MaxItems = 1000;

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
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement switch
            {
                { ValueKind: JsonValueKind.Object } one => ReadItems([one], idempotencyKey),
                { ValueKind: JsonValueKind.Array } many => many.GetArrayLength() switch
                {
                    0 => new PlainReading.Malformed($"The array is empty; expected 1 to {MaxItems} notifications."),
                    > MaxItems => new PlainReading.Malformed($"The array holds {many.GetArrayLength()} notifications; expected 1 to {MaxItems}."),
                    _ => ReadItems(many.EnumerateArray(), idempotencyKey),
                },
                var other => new PlainReading.Malformed($"The body is a JSON {other.ValueKind}; expected an object with conferenceId, or an array of them."),
            };
        }
        catch (JsonException e)
        {
            return new PlainReading.Malformed(
                $"The body is no JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine}); expected an object with conferenceId, or an array of them.");
        }
    }

    private static PlainReading.Items ReadItems(IEnumerable<JsonElement> items, string? idempotencyKey)
    {
        var accepted = new List<PlainNotification>();
        var rejected = new List<PlainRejection>();
        foreach (var (index, item) in items.Index())
        {
            if (ReadItem(item, out var message) is { } problem)
            {
                rejected.Add(problem with { Index = index });
            }
            else
            {
                var root = $"{message.ConferenceId}:plain:{KeyOf(idempotencyKey)}";
                var source = message.EndedAt is null ? EndedAtSource.Fallback : EndedAtSource.Event;
                accepted.Add(new PlainNotification(index, new MeetingNotification(message, root, source)));
            }
        }

        return new PlainReading.Items(accepted, rejected);
    }

    private static PlainRejection? ReadItem(JsonElement item, out ConferenceMessage message)
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
