using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>The body of queryConferenceInfo, as far as it is used.</summary>
internal sealed record ConferenceInfoBody(ConferenceInfoBody.Info? ConfInfo) : IAskedBody
{
    [JsonIgnore]
    public bool IsWhatWasAskedFor => ConfInfo is not null;

    internal sealed record Info(
        [property: JsonConverter(typeof(LenientStringConverter))] string? CreatorId,
        [property: JsonConverter(typeof(LenientInt64Converter))] long? CloudRecordStatus,
        [property: JsonConverter(typeof(LenientStringConverter))] string? CloudRecordOwnerUnionId,
        [property: JsonConverter(typeof(LenientInt64Converter))] long? Status,
        [property: JsonConverter(typeof(OptionalTextConverter))] string? Title,
        [property: JsonConverter(typeof(LenientInt64Converter))] long? StartTime,
        [property: JsonConverter(typeof(LenientInt64Converter))] long? EndTime,
        [property: JsonConverter(typeof(LenientStringConverter))] string? ScheduleConferenceId,
        [property: JsonConverter(typeof(LenientStringConverter))] string? RoomCode);
}
