using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>One row of a SyncHTTP push; the event itself is JSON within a string, or in some samples an object.</summary>
internal sealed record SyncPushRow(
    [property: JsonPropertyName("biz_type"), JsonConverter(typeof(LenientInt64Converter))] long? BizType,
    [property: JsonPropertyName("corp_id"), JsonConverter(typeof(LenientStringConverter))] string? CorpId,
    [property: JsonPropertyName("gmt_create"), JsonConverter(typeof(LenientInt64Converter))] long? CreatedAt,
    [property: JsonPropertyName("biz_data")] JsonElement Data);
