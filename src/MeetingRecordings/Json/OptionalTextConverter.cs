using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Json;

/// <summary>A text that people wrote. One that is no text, such as half an emoji, is null: the rest of the payload counts.</summary>
internal sealed class OptionalTextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options)
        => throw new NotSupportedException("Lenient converters only read.");
}
