using System.Text;
using System.Text.Json;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>Reads the pushes that a third-party app gets, each with any number of events in it.</summary>
/// <remarks>Source: DingTalk open platform, "Configure SyncHTTP push".</remarks>
internal static class SyncPushReader
{
    private const string DataField = "bizData[].biz_data";

    private static readonly DingTalkEvent Unreadable = new DingTalkEvent.Malformed(DataField, "an object, or its JSON in a string");

    // The numbers that DingTalk gives to these events; syncAction names them too, and comes first.
    private static readonly Dictionary<long, string> EventTypes = new()
    {
        [2] = SuiteTicketReader.EventType,
        [225] = "meeting_status_change",
        [348] = "meeting_status_change_target_push",
        [396] = "flash_minutes_open_event",
        [400] = "flash_minutes_open_event_directed",
    };

    /// <summary>Reads a push. An element that cannot be read spoils no other.</summary>
    /// <param name="plaintext">UTF-8 JSON.</param>
    public static IReadOnlyList<DingTalkEvent> Read(ReadOnlySpan<byte> plaintext)
    {
        var body = JsonSerializer.Deserialize(plaintext, NotificationJsonContext.Default.SyncPushBody);
        return body?.BizData.ValueKind == JsonValueKind.Array
            ? [.. body.BizData.EnumerateArray().Select(ReadElement)]
            : [new DingTalkEvent.Malformed("bizData", "an array")];
    }

    private static DingTalkEvent ReadElement(JsonElement json)
    {
        SyncPushBody.Element? element = null;
        try
        {
            element = json.Deserialize(NotificationJsonContext.Default.Element);
        }
        catch (JsonException)
        {
            // Told below.
        }

        var number = element?.BizType ?? 0;
        var read = element is not null && ReadData(element.Data) is { Length: > 0 } data ? ReadEvent(element, data.Span) : Unreadable;
        return number > 0 && !EventTypes.ContainsKey(number) && read is DingTalkEvent.Malformed { Field: "$" or "EventType" or DataField }
            // The number of an event that is not for us, and no name that says otherwise.
            ? new DingTalkEvent.Ignored($"biz_type {number}")
            : read;
    }

    private static DingTalkEvent ReadEvent(SyncPushBody.Element element, ReadOnlySpan<byte> data)
    {
        var read = DingTalkEventReader.Read(data, body => body with
        {
            EventType = body.SyncAction ?? body.EventType ?? EventTypes.GetValueOrDefault(element.BizType ?? 0),
            CorpId = element.CorpId ?? body.CorpId,
            EventTime = body.EventTime ?? element.CreatedAt,
        });
        return read is DingTalkEvent.Ignored { EventType: SuiteTicketReader.EventType } ? SuiteTicketReader.Read(data, element.CreatedAt) : read;
    }

    private static ReadOnlyMemory<byte> ReadData(JsonElement data)
    {
        try
        {
            return data.ValueKind switch
            {
                JsonValueKind.String => ByteOrderMark.Skip(Encoding.UTF8.GetBytes(data.GetString()!).AsMemory()),
                JsonValueKind.Object => Encoding.UTF8.GetBytes(data.GetRawText()),
                _ => default,
            };
        }
        catch (InvalidOperationException)
        {
            // A string that holds half a surrogate pair.
            return default;
        }
    }
}
