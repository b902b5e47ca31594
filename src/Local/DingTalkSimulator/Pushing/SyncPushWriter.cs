using System.Text;
using System.Text.Json;
using DingTalkSimulator.Api;

namespace DingTalkSimulator.Pushing;

/// <summary>Writes SyncHTTP pushes, whose rows each hold an event: as JSON within a string, or in some samples as an object.</summary>
/// <remarks>Source: DingTalk open platform, "Configure SyncHTTP push" and the event pages' section "SyncHTTP/RDS push".</remarks>
internal sealed class SyncPushWriter(SimulatorOptions options, Tenant tenant)
{
    private const string High = "SYNC_HTTP_PUSH_HIGH";
    private const string Medium = "SYNC_HTTP_PUSH_MEDIUM";
    private const string SubscriberId = "14778001_0";
    private int _row;

    /// <summary>Writes a push of events about conferences.</summary>
    public byte[] Write(IEnumerable<ConferenceEvent> events)
        => Write(Medium, [.. events.Select(one => Row(one.Kind, one.Id!, DataOf(one)))]);

    /// <summary>Writes a push of a suite ticket.</summary>
    public byte[] WriteTicket(string ticket)
    {
        var data = JsonScratch.Write(ticket, static (json, ticket) =>
        {
            json.WriteStartObject();
            json.WriteString("syncAction"u8, "suite_ticket"u8);
            json.WriteString("suiteTicket"u8, ticket);
            json.WriteString("syncSeq"u8, "1ABA5C5215CB8BDEE8CA8D33A9"u8);
            json.WriteEndObject();
        });
        return Write(High, [Row(PushedEvent.SuiteTicket, "25300001", data.ToArray())]);
    }

    private SyncRow Row(PushedEvent kind, string bizId, byte[] data)
        => new(
            Interlocked.Increment(ref _row),
            EventNames.Of(kind).BizNumber,
            bizId,
            data,
            options.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    private byte[] DataOf(ConferenceEvent one)
    {
        var action = JsonScratch.Write(one.Type, static (json, type) => WriteField(json, "syncAction", type)).ToArray();
        if (tenant.Traits.SyncRows == SyncRowForm.Archived && one.Kind is PushedEvent.MeetingEnded or PushedEvent.MeetingStarted)
        {
            return JsonSplice.Join(JsonScratch.Write((one.Kind, one.Conference!), EventContent.WriteArchived), action);
        }

        var id = JsonScratch.Write(one.Id!, static (json, id) => WriteField(json, "eventId", id)).ToArray();
        return JsonSplice.Join(JsonSplice.Join(id, one.Content.Span), action);
    }

    private static void WriteField(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    }

    private byte[] Write(string eventType, IReadOnlyList<SyncRow> rows)
        => JsonScratch.Write((eventType, rows, options.CorpId, tenant.Traits.SyncDataAsObject), static (json, push) =>
        {
            json.WriteStartObject();
            json.WriteString("EventType"u8, push.eventType);
            json.WriteStartArray("bizData"u8);
            foreach (var row in push.rows)
            {
                json.WriteStartObject();
                json.WriteNumber("gmt_create"u8, row.At);
                json.WriteNumber("biz_type"u8, row.BizType);
                json.WriteNumber("open_cursor"u8, 0);
                json.WriteString("subscribe_id"u8, SubscriberId);
                json.WriteNumber("id"u8, row.Id);
                json.WriteNumber("gmt_modified"u8, row.At);
                json.WriteString("biz_id"u8, row.BizId);
                if (push.SyncDataAsObject)
                {
                    json.WritePropertyName("biz_data"u8);
                    json.WriteRawValue(row.Data, skipInputValidation: true);
                }
                else
                {
                    json.WriteString("biz_data"u8, Encoding.UTF8.GetString(row.Data));
                }

                json.WriteString("corp_id"u8, push.CorpId);
                json.WriteNumber("status"u8, 0);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ToArray();

    private sealed record SyncRow(int Id, int BizType, string BizId, byte[] Data, long At);
}
