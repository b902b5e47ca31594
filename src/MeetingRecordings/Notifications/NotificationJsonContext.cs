using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Notifications;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DingTalkEventBody))]
[JsonSerializable(typeof(DingTalkEventBody.Conference))]
[JsonSerializable(typeof(PlainNotificationBody))]
internal sealed partial class NotificationJsonContext : JsonSerializerContext;
