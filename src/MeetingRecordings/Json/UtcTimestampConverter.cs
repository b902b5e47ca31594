using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Json;

/// <summary>
/// ISO 8601 timestamps: any offset in reading, but one there must be; always UTC with a <c>Z</c> in writing, to the millisecond, with no fraction
/// where it is zero. One instant has one spelling.
/// </summary>
internal sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Without an offset the machine's own would count, and two machines could disagree.
        return reader.TokenType == JsonTokenType.String
            && reader.TryGetDateTime(out var local) && local.Kind != DateTimeKind.Unspecified
            && reader.TryGetDateTimeOffset(out var value)
            ? value.ToUniversalTime()
            : throw new JsonException("Expected an ISO 8601 timestamp with its offset.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
}
