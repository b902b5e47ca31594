namespace MeetingRecordings.DingTalk;

/// <summary>A push that DingTalk could not deliver.</summary>
/// <param name="Tag">The event's type, as the list gives it; empty where it gives none.</param>
/// <param name="Plaintext">The event as it would have been pushed, UTF-8 JSON; empty where it is not found.</param>
/// <param name="Item">What the list gives, UTF-8 JSON.</param>
public sealed record FailedPush(string Tag, ReadOnlyMemory<byte> Plaintext, ReadOnlyMemory<byte> Item);
