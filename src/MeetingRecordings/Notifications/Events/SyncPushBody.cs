using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>The plaintext of a SyncHTTP push, as far as it is used.</summary>
internal sealed record SyncPushBody(JsonElement BizData)
{
    /// <summary>One row of it; the event itself is JSON within a string, or in some samples an object.</summary>
    internal sealed record Element(
        [property: JsonPropertyName("biz_type"), JsonConverter(typeof(LenientInt64Converter))] long? BizType,
        [property: JsonPropertyName("corp_id"), JsonConverter(typeof(LenientStringConverter))] string? CorpId,
        [property: JsonPropertyName("gmt_create"), JsonConverter(typeof(LenientInt64Converter))] long? CreatedAt,
        [property: JsonPropertyName("biz_data")] JsonElement Data);
}
