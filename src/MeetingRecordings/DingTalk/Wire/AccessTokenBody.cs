using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>The answer to a request for an access token.</summary>
internal sealed record AccessTokenBody(
    [property: JsonConverter(typeof(LenientStringConverter))] string? AccessToken,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? ExpireIn);
