using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.Manifests;

[JsonSerializable(typeof(ManifestBody))]
internal sealed partial class ManifestJsonContext : JsonSerializerContext
{
    /// <summary>One spelling for everything, on every platform.</summary>
    public static ManifestJsonContext Canonical { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // Ids keep their '+' and '=': the file is read as JSON, never embedded in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimestampConverter() },
    });
}
