namespace MeetingRecordings.DingTalk;

/// <summary>Some of the pushes that DingTalk could not deliver.</summary>
/// <param name="Pushes">The pushes.</param>
/// <param name="HasMore">Whether there are more. To ask for them is to lose these.</param>
public sealed record FailedPushPage(IReadOnlyList<FailedPush> Pushes, bool HasMore);
