using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>The body of getPlayInfos, as far as it is used. DingTalk's SDK marks every field as optional.</summary>
internal sealed record PlayInfoBody(
    [property: JsonConverter(typeof(LenientStringConverter))] string? PlayUrl,
    [property: JsonConverter(typeof(LenientStringConverter))] string? Mp4FileUrl,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? Duration) : IAskedBody
{
    [JsonIgnore]
    public bool IsWhatWasAskedFor => PlayUrl is not null || Mp4FileUrl is not null || Duration is not null;
}
