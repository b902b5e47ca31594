using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Json;

/// <summary>Booleans as DingTalk sends them: a boolean, 1 or 0, or any of these as a string. Anything else is null.</summary>
internal sealed class LenientBooleanConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Number or JsonTokenType.String)
        {
            var text = Encoding.UTF8.GetString(reader.ValueSpan);
            return text switch { "1" => true, "0" => false, _ => bool.TryParse(text, out var value) ? value : null };
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
        => throw new NotSupportedException("Lenient converters only read.");
}
