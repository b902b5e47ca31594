namespace DingTalkSimulator.Control;

/// <summary>All meetings, in the order in which they were made.</summary>
internal sealed record MeetingList(IReadOnlyList<MeetingList.Line> Meetings)
{
    /// <summary>One of them.</summary>
    internal sealed record Line(string ConferenceId, string Title, string RoomCode, DateTimeOffset EndedAt);
}
