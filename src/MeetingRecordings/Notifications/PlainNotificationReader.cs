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

        var conferenceId = StringOf(item, "conferenceId");
        if (!Identifiers.IsConferenceId(conferenceId))
        {
            return new PlainRejection(0, "conferenceId", Identifiers.ConferenceIdGrammar);
        }

        if (!TryReadPrincipal(item, "unionId", out var unionId))
        {
            return new PlainRejection(0, "unionId", Identifiers.PrincipalGrammar);
        }

        if (!TryReadPrincipal(item, "corpId", out var corpId))
        {
            return new PlainRejection(0, "corpId", Identifiers.PrincipalGrammar);
        }

        if (!TryReadTimestamp(item, "endedAt", out var endedAt))
        {
            return new PlainRejection(0, "endedAt", "an ISO 8601 timestamp with its offset, for instance 2026-11-23T08:00:00Z");
        }

        message = new ConferenceMessage(conferenceId!, unionId, corpId, endedAt, Trigger.MeetingEnded);
        return null;
    }

    private static bool TryReadPrincipal(JsonElement item, string name, out string? value)
    {
        value = StringOf(item, name);
        return IsAbsent(item, name) || Identifiers.IsPrincipal(value);
    }

    private static bool TryReadTimestamp(JsonElement item, string name, out DateTimeOffset? value)
    {
        value = null;
        if (IsAbsent(item, name))
        {
            return true;
        }

        // Without an offset the machine's own would count, and two machines could disagree.
        if (StringOf(item, name) is not { } text
            || !item.GetProperty(name).TryGetDateTimeOffset(out var timestamp)
            || !(text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)))
        {
            return false;
        }

        value = timestamp.ToUniversalTime();
        return text.Contains('T', StringComparison.Ordinal);
    }

    private static bool IsAbsent(JsonElement item, string name)
        => !item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;

    private static string? StringOf(JsonElement item, string name)
        => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string KeyOf(string? idempotencyKey)
        => idempotencyKey is null
            ? Guid.CreateVersion7().ToString("N")
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..KeyHashLength];
}
