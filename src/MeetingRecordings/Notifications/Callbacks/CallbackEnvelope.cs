using System.Text.Json;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>Reads the body of a push: a JSON object with the field <c>encrypt</c>, whose name is exact.</summary>
internal static class CallbackEnvelope
{
    /// <summary>Finds the cipher text, as it was signed.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="unescaped">Room for as many bytes as the body has.</param>
    /// <param name="encrypted">The value, UTF-8; it lies in the body, or in <paramref name="unescaped"/> where it is written with escapes.</param>
    /// <returns>False where the body is no such object. Of several fields the last counts.</returns>
    public static bool TryReadEncrypted(ReadOnlySpan<byte> body, Span<byte> unescaped, out ReadOnlySpan<byte> encrypted)
    {
        encrypted = default;
        var found = false;
        var reader = new Utf8JsonReader(ByteOrderMark.Skip(body));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isEncrypted = reader.ValueTextEquals("encrypt"u8);
                reader.Read();
                if (isEncrypted)
                {
                    found = reader.TokenType == JsonTokenType.String;
                    encrypted = !found ? default
                        : reader.ValueIsEscaped ? unescaped[..reader.CopyString(unescaped)]
                        : reader.ValueSpan;
                }

                reader.Skip();
            }

            // Reading on finds what is no JSON behind the object's end.
            return !reader.Read() && found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The second is how the reader refuses an escape that is half a surrogate pair, the third a value too long for its room,
            // which none is whose body came as UTF-8.
            return false;
        }
    }
}
