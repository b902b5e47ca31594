using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Transcripts;

[JsonSerializable(typeof(TranscriptBody))]
internal sealed partial class TranscriptJsonContext : JsonSerializerContext
{
    /// <summary>One spelling for everything, on every platform.</summary>
    public static TranscriptJsonContext Canonical { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // People read it: the file is read as JSON, never embedded in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
