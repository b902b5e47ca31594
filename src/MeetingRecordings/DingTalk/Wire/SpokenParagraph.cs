using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>One entry of getTexts' <c>paragraphList</c>. Times are in milliseconds from the recording's start.</summary>
internal sealed record SpokenParagraph(
    [property: JsonConverter(typeof(LenientStringConverter))] string? NextTtoken,
    [property: JsonConverter(typeof(LenientStringConverter))] string? UnionId,
    [property: JsonConverter(typeof(OptionalTextConverter))] string? NickName,
    [property: JsonConverter(typeof(LenientStringConverter))] string? RecordId,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? StartTime,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? EndTime,
    [property: JsonConverter(typeof(OptionalTextConverter))] string? Paragraph,
    [property: JsonConverter(typeof(LenientListConverter<SpokenSentence>))] IReadOnlyList<SpokenSentence?>? SentenceList);
