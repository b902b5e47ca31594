using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>One entry of getVideos' <c>videoList</c>. DingTalk's SDK marks every field as optional.</summary>
internal sealed record RecordedVideo(
    [property: JsonConverter(typeof(LenientStringConverter))] string? RecordId,
    [property: JsonConverter(typeof(LenientStringConverter))] string? UnionId,
    [property: JsonConverter(typeof(LenientStringConverter))] string? MediaId,
    [property: JsonConverter(typeof(LenientStringConverter))] string? RegionId,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? RecordType,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? StartTime,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? EndTime,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? Duration,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? FileSize);
