namespace MeetingRecordings.Notifications;

/// <summary>The body of a push.</summary>
internal sealed record CallbackEnvelope(string? Encrypt);
