using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>One entry of a paragraph's <c>sentenceList</c>, without its words.</summary>
internal sealed record SpokenSentence(
    [property: JsonConverter(typeof(OptionalTextConverter))] string? Sentence,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? StartTime,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? EndTime);
