using System.Text.Json;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>Reads one notification or an array of them, in whichever form each comes.</summary>
internal static class NotificationList
{
    /// <summary>The greatest number of notifications in one request.</summary>
    public const int MaxItems = 1000;

    /// <summary>Reads a body. An item that is wrong spoils no other.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="maxDepth">How deep it may be nested.</param>
    /// <param name="expected">What the body should be, in words.</param>
    /// <param name="parse">Reads an item.</param>
    public static PlainReading Read(
        ReadOnlyMemory<byte> body, int maxDepth, string expected, Func<JsonElement, Parsed<MeetingNotification>> parse)
    {
        try
        {
            using var document = JsonDocument.Parse(ByteOrderMark.Skip(body), new JsonDocumentOptions { MaxDepth = maxDepth });
            return document.RootElement switch
            {
                { ValueKind: JsonValueKind.Object } one => ReadItems([one], parse),
                { ValueKind: JsonValueKind.Array } many => many.GetArrayLength() switch
                {
                    0 => new PlainReading.Malformed($"The array is empty; expected 1 to {MaxItems} notifications."),
                    > MaxItems => new PlainReading.Malformed(
                        $"The array holds {many.GetArrayLength()} notifications; expected 1 to {MaxItems}."),
                    _ => ReadItems(many.EnumerateArray(), parse),
                },
                var other => new PlainReading.Malformed($"The body is a JSON {other.ValueKind}; expected {expected}."),
            };
        }
        catch (JsonException e)
        {
            return new PlainReading.Malformed(
                $"The body is no JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine}); expected {expected}.");
        }
    }

    private static PlainReading.Items ReadItems(IEnumerable<JsonElement> items, Func<JsonElement, Parsed<MeetingNotification>> parse)
    {
        var accepted = new List<PlainNotification>();
        var rejected = new List<RejectedItem>();
        foreach (var (index, item) in items.Index())
        {
            if (parse(item).Succeeded(out var notification, out var problem))
            {
                accepted.Add(new PlainNotification(index, notification));
            }
            else
            {
                rejected.Add(new RejectedItem(index, problem));
            }
        }

        return new PlainReading.Items(accepted, rejected);
    }
}
