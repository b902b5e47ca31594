using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Functions.Tickets;

/// <summary>The JSON of a suite ticket's blob.</summary>
internal static partial class SuiteTicketJson
{
    public static BinaryData Serialize(SuiteTicket ticket)
        => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(new Body(ticket.Value, ticket.ReceivedAt.ToUniversalTime()), Context.Default.Body));

    /// <summary>Reads a ticket; null where there is none to read.</summary>
    public static SuiteTicket? Deserialize(BinaryData body)
    {
        try
        {
            return JsonSerializer.Deserialize(ByteOrderMark.Skip(body.ToMemory().Span), Context.Default.Body) is { SuiteTicket: { } value } read ? new SuiteTicket(value, read.ReceivedAt) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Body(string? SuiteTicket, DateTimeOffset ReceivedAt);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Body))]
    private sealed partial class Context : JsonSerializerContext;
}
