using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.Conferences;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(ConferenceMessage))]
internal sealed partial class ConferenceMessageJsonContext : JsonSerializerContext;
