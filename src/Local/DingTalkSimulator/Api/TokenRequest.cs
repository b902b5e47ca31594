using System.Text.Json.Serialization;

namespace DingTalkSimulator.Api;

/// <summary>A request for an access token, in any of its three forms.</summary>
internal sealed record TokenRequest(
    string? AppKey,
    string? AppSecret,
    string? SuiteKey,
    string? SuiteSecret,
    string? AuthCorpId,
    string? SuiteTicket,
    [property: JsonPropertyName("client_id")] string? ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret,
    [property: JsonPropertyName("grant_type")] string? GrantType)
{
    /// <inheritdoc />
    public override string ToString() => "a request for an access token";
}
