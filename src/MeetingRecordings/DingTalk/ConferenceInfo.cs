using MeetingRecordings.Conferences;

namespace MeetingRecordings.DingTalk;

/// <summary>What DingTalk knows of a conference, as far as it matters for its recordings.</summary>
/// <param name="WasRecorded">False where nobody has recorded it; null where DingTalk does not say.</param>
/// <param name="UnionIds">The users who may be able to see the recordings, the likeliest first.</param>
public sealed record ConferenceInfo(bool? WasRecorded, IReadOnlyList<string> UnionIds)
{
    /// <summary>Whether it is still running; false where DingTalk does not say.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Its end, UTC; null where DingTalk does not say.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What else DingTalk says of it.</summary>
    public MeetingDetails Meeting { get; init; } = new();
}
