using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Json;

/// <summary>
/// Timestamps: whatever <see cref="InstantText"/> takes in reading; always UTC with a <c>Z</c> in writing, to the millisecond, with no
/// fraction where it is zero. One instant has one spelling.
/// </summary>
internal sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String && InstantText.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"Expected {InstantText.Expected}.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
        => writer.WriteStringValue(value!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
}
