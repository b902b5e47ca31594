using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MeetingRecordings.Json;

/// <summary>Lists of objects, where one is documented. An entry that is no object is null, and so is anything but a list.</summary>
/// <typeparam name="T">The objects' contract; its metadata comes from the context of the contract that holds the list.</typeparam>
internal sealed class LenientListConverter<T> : JsonConverter<IReadOnlyList<T?>?>
    where T : class
{
    public override IReadOnlyList<T?>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var entries = new List<T?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                entries.Add(JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))));
            }
            else
            {
                reader.Skip();
                entries.Add(null);
            }
        }

        return entries;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T?>? value, JsonSerializerOptions options)
        => throw new NotSupportedException("Lenient converters only read.");
}
