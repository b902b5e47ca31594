using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>A suite ticket, as far as it is used: the event of its own, or the one within a SyncHTTP push.</summary>
internal sealed record SuiteTicketBody(
    [property: JsonConverter(typeof(LenientStringConverter))] string? SuiteKey,
    [property: JsonConverter(typeof(LenientStringConverter))] string? SuiteTicket,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? TimeStamp);
