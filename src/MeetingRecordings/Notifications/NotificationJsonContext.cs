using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Notifications.Events;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Notifications;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(DingTalkEventBody))]
[JsonSerializable(typeof(DingTalkEventBody.Conference))]
[JsonSerializable(typeof(PlainNotificationBody))]
[JsonSerializable(typeof(SuiteTicketBody))]
[JsonSerializable(typeof(SyncPushBody))]
[JsonSerializable(typeof(SyncPushBody.Element))]
internal sealed partial class NotificationJsonContext : JsonSerializerContext;
