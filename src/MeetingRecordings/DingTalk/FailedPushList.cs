using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// Reads DingTalk's list of pushes that failed. Each item names its event's type in <c>call_back_tag</c>; where the event itself stands
/// differs from type to type, and from page to page of the documents.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Obtain the event list of failed push messages"; for items without a wrapper an older client.</remarks>
public static class FailedPushList
{
    // Within an object that is named after the type.
    private static readonly string[] Wrappers = ["callbackData", "bpmsCallBackData", "roleLabelChange"];

    // What tells an event, with its envelope or without, from what else may be there.
    private static readonly string[] Marks = ["EventType", "openConfModel"];

    /// <summary>Reads a list that was kept as it came.</summary>
    /// <param name="list">UTF-8 JSON.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IReadOnlyList<FailedPush> Read(ReadOnlyMemory<byte> list)
    {
        using var json = JsonDocument.Parse(list);
        return Read(json.RootElement);
    }

    /// <summary>Reads a list. What is no list, yet holds something, is one push that cannot be read.</summary>
    internal static IReadOnlyList<FailedPush> Read(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Array => [.. list.EnumerateArray().Select(ReadItem)],
        JsonValueKind.Object when list.GetPropertyCount() > 0 => [Unreadable(list)],
        JsonValueKind.String when !list.ValueEquals(""u8) => [Unreadable(list)],
        _ => [],
    };

    private static FailedPush ReadItem(JsonElement item)
        => item.ValueKind == JsonValueKind.Object && Text(item, "call_back_tag") is { } tag
            ? new FailedPush(tag, ToPlaintext(item, tag), RawOf(item))
            : Unreadable(item);

    private static FailedPush Unreadable(JsonElement item) => new("", ReadOnlyMemory<byte>.Empty, RawOf(item));

    private static byte[] ToPlaintext(JsonElement item, string tag)
    {
        try
        {
            var (content, corpId) = FindContent(item, tag);
            return content switch
            {
                null => [],
                { ValueKind: JsonValueKind.String } text => Encoding.UTF8.GetBytes(text.GetString()!),
                { ValueKind: JsonValueKind.Object } bare when !bare.TryGetProperty("EventType", out _) => WithEnvelope(bare, tag, corpId, item),
                { } other => RawOf(other),
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair. The list is given once, so it must not take the other pushes with it.
            return [];
        }
    }

    private static (JsonElement? Content, string? CorpId) FindContent(JsonElement item, string tag)
    {
        if (!item.TryGetProperty(tag, out var named) || named.ValueKind != JsonValueKind.Object)
        {
            return (IsEvent(item) ? item : null, Text(item, "corpid"));
        }

        var corpId = Text(named, "corpid");
        foreach (var wrapper in Wrappers)
        {
            if (named.TryGetProperty(wrapper, out var content))
            {
                return (content, corpId);
            }
        }

        return (IsEvent(named) ? named : null, corpId);
    }

    private static bool IsEvent(JsonElement json) => Marks.Any(mark => json.TryGetProperty(mark, out _));

    // The list keeps some of an event's envelope beside its content, which stays as it came: a name in it may be no text.
    private static byte[] WithEnvelope(JsonElement content, string tag, string? corpId, JsonElement item)
    {
        using var envelope = new MemoryStream();
        using (var json = new Utf8JsonWriter(envelope))
        {
            json.WriteStartObject();
            json.WriteString("EventType", tag);
            json.WriteString("CorpId", corpId);
            if (item.TryGetProperty("event_time", out var time))
            {
                json.WritePropertyName("EventTime");
                time.WriteTo(json);
            }

            json.WriteEndObject();
        }

        var separator = content.GetPropertyCount() > 0 ? ","u8 : default;
        return [.. envelope.ToArray()[..^1], .. separator, .. JsonMarshal.GetRawUtf8Value(content)[1..]];
    }

    private static byte[] RawOf(JsonElement json) => JsonMarshal.GetRawUtf8Value(json).ToArray();

    private static string? Text(JsonElement item, string name)
    {
        try
        {
            return item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
