namespace MeetingRecordings.DingTalk;

/// <summary>What DingTalk knows of a conference, as far as it matters for its recordings.</summary>
/// <param name="WasRecorded">False where nobody has recorded it; null where DingTalk does not say.</param>
/// <param name="UnionIds">The users who may be able to see the recordings, the likeliest first.</param>
public sealed record ConferenceInfo(bool? WasRecorded, IReadOnlyList<string> UnionIds);
