using DingTalkSimulator.Pushing;

namespace DingTalkSimulator;

/// <summary>One try to push an event.</summary>
/// <param name="At">When its outcome was known, UTC.</param>
/// <param name="EventType">The event's type.</param>
/// <param name="EventId">The event's id; null for the check of a callback URL.</param>
/// <param name="ConferenceId">The conference; null where the event is about none.</param>
/// <param name="Attempt">1 for the first try.</param>
/// <param name="Delivered">Whether the answer was DingTalk's idea of a delivery.</param>
/// <param name="GivenUp">Whether it failed and no further try follows.</param>
/// <param name="StatusCode">The answer's HTTP status; null where none came.</param>
/// <param name="Detail">Why it does not count as delivered; null where it does.</param>
public sealed record PushAttempt(
    DateTimeOffset At,
    string EventType,
    string? EventId,
    string? ConferenceId,
    int Attempt,
    bool Delivered,
    bool GivenUp,
    int? StatusCode,
    string? Detail)
{
    /// <summary>Which event.</summary>
    public PushedEvent Event { get; init; }
}
