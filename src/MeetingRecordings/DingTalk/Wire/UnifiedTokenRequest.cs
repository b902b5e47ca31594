using System.Text.Json.Serialization;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>A request to the unified token API, which spells its fields in snake case.</summary>
internal sealed record UnifiedTokenRequest(
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_secret")] string ClientSecret)
{
    [JsonPropertyName("grant_type")]
    public string GrantType { get; } = "client_credentials";
}
