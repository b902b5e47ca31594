namespace DingTalkSimulator.Control;

/// <summary>A conference, as the control API shows it.</summary>
internal sealed record MeetingView(
    string ConferenceId,
    string CreatorUnionId,
    string RecorderUnionId,
    IReadOnlyList<string> UnionIds,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    RecordStatus RecordStatus,
    IReadOnlyList<SimulatedVideo> Videos,
    bool ScriptIsSpent,
    int GetVideosCalls,
    int InfoCalls)
{
    /// <summary>Shows a conference.</summary>
    public static MeetingView Of(SimulatedConference conference) => new(
        conference.Id,
        conference.CreatorUnionId,
        conference.RecorderUnionId,
        conference.UnionIds,
        conference.StartedAt,
        conference.EndedAt,
        conference.RecordStatus,
        conference.Videos,
        conference.Script.IsEmpty,
        conference.GetVideosCalls,
        conference.InfoCalls);
}
