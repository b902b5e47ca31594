using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>The plaintext of a push, as far as it is used. DingTalk sends some fields as number and as string, and repeats some.</summary>
internal sealed record DingTalkEventBody(
    [property: JsonConverter(typeof(LenientStringConverter))] string? EventType,
    [property: JsonConverter(typeof(LenientStringConverter))] string? SyncAction,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? EventTime,
    [property: JsonConverter(typeof(LenientStringConverter))] string? CorpId,
    [property: JsonConverter(typeof(LenientStringConverter))] string? BizId,
    [property: JsonConverter(typeof(LenientStringConverter))] string? EventId,
    [property: JsonConverter(typeof(LenientStringConverter))] string? ChangeScene,
    [property: JsonConverter(typeof(LenientStringConverter))] string? BizType,
    [property: JsonConverter(typeof(LenientStringConverter))] string? MinutesEventType,
    [property: JsonConverter(typeof(LenientObjectConverter<DingTalkEventBody.Conference>))] DingTalkEventBody.Conference? OpenConfModel)
{
    internal sealed record Conference(
        [property: JsonConverter(typeof(LenientStringConverter))] string? ConferenceId,
        [property: JsonConverter(typeof(LenientStringConverter))] string? CreatorId,
        [property: JsonConverter(typeof(LenientInt64Converter))] long? EndTime);
}
