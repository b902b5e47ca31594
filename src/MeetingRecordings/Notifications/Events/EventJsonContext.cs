using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Notifications.Events;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DingTalkEventBody))]
[JsonSerializable(typeof(DingTalkEventBody.Conference))]
[JsonSerializable(typeof(SyncPushRow))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
