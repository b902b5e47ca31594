using System.Text.Json.Serialization;

namespace MeetingRecordings.Notifications;

/// <summary>The body of a push.</summary>
internal sealed record CallbackEnvelope([property: JsonPropertyName("encrypt")] string? Encrypt);
