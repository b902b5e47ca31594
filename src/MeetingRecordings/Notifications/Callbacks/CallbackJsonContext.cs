using System.Text.Json.Serialization;

namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>The JSON of the answer to a push, with its names as DingTalk spells them.</summary>
[JsonSerializable(typeof(CallbackAnswer))]
internal sealed partial class CallbackJsonContext : JsonSerializerContext;
