namespace DingTalkSimulator.Control;

/// <summary>
/// A conference, as the control API shows it: what becomes of its recording, what conference info says of that now, every video that it
/// comes to, and how many of them getVideos lists now.
/// </summary>
internal sealed record MeetingView(
    string ConferenceId,
    string Title,
    string BizType,
    string RoomCode,
    string? ScheduleConferenceId,
    string CreatorUnionId,
    string RecorderUnionId,
    IReadOnlyList<string> UnionIds,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    RecordStatus RecordStatus,
    RecordStatus CurrentRecordStatus,
    IReadOnlyList<SimulatedVideo> Videos,
    int ListedVideos,
    bool ScriptIsSpent,
    int GetVideosCalls,
    int InfoCalls,
    int PlayInfoCalls,
    int TextCalls,
    MeetingTraitsRequest Traits,
    LedgerTotals Totals)
{
    /// <summary>Shows a conference.</summary>
    public static MeetingView Of(SimulatedConference conference, Ledger ledger) => new(
        conference.Id,
        conference.Title,
        conference.BizType,
        conference.RoomCode,
        conference.ScheduleConferenceId,
        conference.CreatorUnionId,
        conference.RecorderUnionId,
        conference.UnionIds,
        conference.StartedAt,
        conference.EndedAt,
        conference.RecordStatus,
        conference.CurrentRecordStatus,
        conference.Videos,
        conference.ListedVideos.Count,
        conference.Script.IsEmpty,
        conference.GetVideosCalls,
        conference.InfoCalls,
        conference.PlayInfoCalls,
        conference.TextCalls,
        MeetingTraitsRequest.Of(conference.Traits),
        ledger.TotalsOf(conference.Id));
}
