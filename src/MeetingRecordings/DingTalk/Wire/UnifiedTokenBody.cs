using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>The answer of the unified token API.</summary>
internal sealed record UnifiedTokenBody(
    [property: JsonPropertyName("access_token"), JsonConverter(typeof(LenientStringConverter))] string? AccessToken,
    [property: JsonPropertyName("expires_in"), JsonConverter(typeof(LenientInt64Converter))] long? ExpiresIn);
