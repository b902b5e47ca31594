using MeetingRecordings.Manifests;

namespace MeetingRecordings.Fetching;

/// <summary>What a look has found out, before it is written down.</summary>
/// <param name="Look">The look, with what was learned.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record Finding(Look Look, LookOutcome Outcome)
{
    /// <summary>The videos, where there are any.</summary>
    public IReadOnlyList<Video> Videos { get; init; } = [];

    /// <summary>DingTalk's id of the request that told them; null where it gave none.</summary>
    public string? RequestId { get; init; }
}
