using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Notifications.Plain;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(PlainNotificationBody))]
internal sealed partial class PlainJsonContext : JsonSerializerContext;
