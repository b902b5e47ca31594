using System.Text;
using System.Text.Json;

namespace MeetingRecordings.Notifications;

/// <summary>Reads the pushes that a third-party app gets, each with any number of events in it.</summary>
/// <remarks>Source: DingTalk open platform, "Configure SyncHTTP push".</remarks>
internal static class SyncPushReader
{
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
            element = json.ValueKind == JsonValueKind.Object ? json.Deserialize(NotificationJsonContext.Default.Element) : null;
        }
        catch (JsonException)
        {
            // Told below.
        }

        if (element is null || ReadData(element.Data) is not { } data)
        {
            return new DingTalkEvent.Malformed("bizData[].biz_data", "an object, or its JSON in a string");
        }

        var read = DingTalkEventReader.Read(data, body => body with
        {
            EventType = body.SyncAction ?? body.EventType ?? EventTypes.GetValueOrDefault(element.BizType ?? 0),
            CorpId = element.CorpId ?? body.CorpId,
            EventTime = body.EventTime ?? element.CreatedAt,
        });
        return read is DingTalkEvent.Ignored { EventType: SuiteTicketReader.EventType } ? SuiteTicketReader.Read(data, element.CreatedAt) : read;
    }

    private static byte[]? ReadData(JsonElement data)
    {
        try
        {
            return data.ValueKind switch
            {
                JsonValueKind.String => Encoding.UTF8.GetBytes(data.GetString()!),
                JsonValueKind.Object => Encoding.UTF8.GetBytes(data.GetRawText()),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // A string that holds half a surrogate pair.
            return null;
        }
    }
}
