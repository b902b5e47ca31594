using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>The older API's list of pushes that failed.</summary>
internal sealed record FailedPushesBody(
    [property: JsonPropertyName("has_more"), JsonConverter(typeof(LenientStringConverter))] string? HasMore,
    [property: JsonPropertyName("failed_list")] JsonElement FailedList);
