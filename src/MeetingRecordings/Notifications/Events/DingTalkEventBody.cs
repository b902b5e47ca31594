using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Notifications.Events;

/// <summary>
/// The plaintext of a push, as far as it is used: the fields of every event beside each other. DingTalk sends some fields as number
/// and as string, and repeats some.
/// </summary>
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
    [property: JsonConverter(typeof(LenientObjectConverter<DingTalkEventBody.Conference>))] DingTalkEventBody.Conference? OpenConfModel,
    [property: JsonConverter(typeof(LenientStringConverter))] string? SuiteKey,
    [property: JsonConverter(typeof(LenientStringConverter))] string? SuiteTicket,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? TimeStamp,
    JsonElement BizData)
{
    internal sealed record Conference(
        [property: JsonConverter(typeof(LenientStringConverter))] string? ConferenceId,
        [property: JsonConverter(typeof(LenientStringConverter))] string? CreatorId,
        [property: JsonConverter(typeof(OptionalTextConverter))] string? Title,
        [property: JsonConverter(typeof(LenientInt64Converter))] long? StartTime,
        [property: JsonConverter(typeof(LenientInt64Converter))] long? EndTime,
        [property: JsonConverter(typeof(LenientStringConverter))] string? ScheduleConferenceId,
        [property: JsonConverter(typeof(LenientStringConverter))] string? RoomCode);

    /// <summary>Reads a push, or one row of a SyncHTTP push.</summary>
    public static Parsed<DingTalkEventBody> Parse(ReadOnlySpan<byte> plaintext)
    {
        try
        {
            if (JsonSerializer.Deserialize(ByteOrderMark.Skip(plaintext), EventJsonContext.Default.DingTalkEventBody) is { } body)
            {
                return body;
            }
        }
        catch (JsonException)
        {
            // The path that the exception knows is made of the payload's own names, which may be anything.
            return new FieldProblem("$", "the JSON of a DingTalk event");
        }

        return new FieldProblem("EventType", "the event's name");
    }
}
