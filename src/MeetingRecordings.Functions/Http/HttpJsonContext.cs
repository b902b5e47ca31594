using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Functions.Http;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NotificationsAnswer))]
internal sealed partial class HttpJsonContext : JsonSerializerContext;
