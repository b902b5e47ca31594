using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Functions.Http;

/// <summary>Time spans as <see cref="TimeSpanText"/> reads them.</summary>
internal sealed class TimeSpanTextConverter : JsonConverter<TimeSpan?>
{
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String && TimeSpanText.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"Expected {TimeSpanText.Expected}.");

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
        => throw new NotSupportedException("A replay is only read.");
}
