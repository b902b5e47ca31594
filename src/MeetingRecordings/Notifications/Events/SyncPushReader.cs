using System.Text;
using System.Text.Json;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Notifications.Events;

/// <summary>Reads the pushes that a third-party app gets, each with any number of events in it.</summary>
/// <remarks>Source: DingTalk open platform, "Configure SyncHTTP push".</remarks>
internal static class SyncPushReader
{
    private const string DataField = "bizData[].biz_data";

    private static readonly DingTalkEvent Unreadable =
        new DingTalkEvent.Malformed(new FieldProblem(DataField, "an object, or its JSON in a string"));

    // The numbers that DingTalk gives to these events; syncAction names them too, and comes first.
    private static readonly Dictionary<long, string> EventTypes = new()
    {
        [2] = DingTalkEventReader.SuiteTicket,
        [225] = "meeting_status_change",
        [348] = "meeting_status_change_target_push",
        [396] = "flash_minutes_open_event",
        [400] = "flash_minutes_open_event_directed",
    };

    /// <summary>Reads a push. A row that cannot be read spoils no other.</summary>
    public static IReadOnlyList<DingTalkEvent> Read(DingTalkEventBody push)
        => push.BizData.ValueKind == JsonValueKind.Array
            ? [.. push.BizData.EnumerateArray().Select(ReadRow)]
            : [new DingTalkEvent.Malformed(new FieldProblem("bizData", "an array"))];

    private static DingTalkEvent ReadRow(JsonElement json)
    {
        SyncPushRow? row = null;
        try
        {
            row = json.Deserialize(EventJsonContext.Default.SyncPushRow);
        }
        catch (JsonException)
        {
            // Told below.
        }

        var number = row?.BizType ?? 0;
        var read = row is not null && ReadData(row.Data) is { Length: > 0 } data ? ReadEvent(row, data.Span) : Unreadable;
        return number > 0 && !EventTypes.ContainsKey(number) && read is DingTalkEvent.Malformed { Problem.Field: "$" or "EventType" or DataField }
            // The number of an event that is not for us, and no name that says otherwise.
            ? new DingTalkEvent.Ignored($"biz_type {number}")
            : read;
    }

    private static DingTalkEvent ReadEvent(SyncPushRow row, ReadOnlySpan<byte> data)
    {
        if (!DingTalkEventBody.Parse(data).Succeeded(out var body, out var problem))
        {
            return new DingTalkEvent.Malformed(problem);
        }

        return DingTalkEventReader.Read(
            body with
            {
                EventType = body.SyncAction ?? body.EventType ?? EventTypes.GetValueOrDefault(row.BizType ?? 0),
                CorpId = row.CorpId ?? body.CorpId,
                EventTime = body.EventTime ?? row.CreatedAt,
                TimeStamp = body.TimeStamp ?? row.CreatedAt,
            },
            data);
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
