using System.Text.Json.Serialization;

namespace MeetingRecordings.Notifications;

/// <summary>The outer JSON of a push and of its answer: names are exact, so that a push changed by one byte is no push.</summary>
[JsonSerializable(typeof(CallbackAnswer))]
[JsonSerializable(typeof(CallbackEnvelope))]
internal sealed partial class CallbackJsonContext : JsonSerializerContext;
