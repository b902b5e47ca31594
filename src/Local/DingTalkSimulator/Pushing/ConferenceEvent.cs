namespace DingTalkSimulator.Pushing;

/// <summary>An event, before it is encrypted.</summary>
/// <param name="Kind">Which event.</param>
/// <param name="Id">Its <c>eventId</c>; null where it has none.</param>
/// <param name="Conference">The conference; null where it is about none.</param>
/// <param name="HappenedAt">When it happened, UTC.</param>
/// <param name="Content">Its fields without the envelope, a UTF-8 JSON object.</param>
/// <param name="Plaintext">Its envelope and its fields, a UTF-8 JSON object.</param>
internal sealed record ConferenceEvent(
    PushedEvent Kind,
    string? Id,
    SimulatedConference? Conference,
    DateTimeOffset HappenedAt,
    ReadOnlyMemory<byte> Content,
    ReadOnlyMemory<byte> Plaintext)
{
    /// <summary>Its <c>EventType</c>.</summary>
    public string Type => EventNames.Of(Kind).Type;

    /// <summary>The conference's id; null where it is about none.</summary>
    public string? ConferenceId => Conference?.Id;
}
