namespace DingTalkSimulator.Pushing;

/// <summary>An event, before it is encrypted.</summary>
/// <param name="Type">Its <c>EventType</c>.</param>
/// <param name="Id">Its <c>eventId</c>; null where it has none.</param>
/// <param name="ConferenceId">The conference; null where it is about none.</param>
/// <param name="HappenedAt">When it happened, UTC.</param>
/// <param name="Plaintext">UTF-8 JSON.</param>
internal sealed record ConferenceEvent(string Type, string? Id, string? ConferenceId, DateTimeOffset HappenedAt, ReadOnlyMemory<byte> Plaintext);
