using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Functions.Sweep;

/// <summary>A page of pushes that DingTalk could not deliver.</summary>
/// <param name="Pushes">The pushes.</param>
/// <param name="Place">Where it is kept; null where it is in memory alone.</param>
public sealed record KeptPage(IReadOnlyList<FailedPush> Pushes, string? Place);
