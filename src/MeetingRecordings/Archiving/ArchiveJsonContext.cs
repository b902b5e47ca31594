using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.Archiving;

[JsonSerializable(typeof(ArchiveMessage))]
[JsonSerializable(typeof(SidecarBody))]
internal sealed partial class ArchiveJsonContext : JsonSerializerContext
{
    /// <summary>As it is written: what is not known is left out.</summary>
    public static ArchiveJsonContext Written { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimestampConverter(), new JsonStringEnumConverter<ArchiveState>() },
    });
}
