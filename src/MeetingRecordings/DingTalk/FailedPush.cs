namespace MeetingRecordings.DingTalk;

/// <summary>A push that DingTalk could not deliver.</summary>
/// <param name="Tag">The event's type, as the list gives it.</param>
/// <param name="Plaintext">The event as it would have been pushed, UTF-8 JSON.</param>
public sealed record FailedPush(string Tag, ReadOnlyMemory<byte> Plaintext);
