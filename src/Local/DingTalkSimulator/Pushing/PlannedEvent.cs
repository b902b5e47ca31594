namespace DingTalkSimulator.Pushing;

/// <summary>An event that a meeting will have.</summary>
/// <param name="Kind">Which event.</param>
/// <param name="HappensAt">When it happens.</param>
/// <param name="DueAt">When it is pushed.</param>
internal sealed record PlannedEvent(PushedEvent Kind, DateTimeOffset HappensAt, DateTimeOffset DueAt)
{
    /// <summary>The events that a meeting will have by its traits, in the order of their times.</summary>
    public static List<PlannedEvent> Of(SimulatedConference conference)
    {
        var traits = conference.Traits;
        return
        [
            .. traits.Events.Distinct()
                .SelectMany(kind => TimesOf(kind, conference).Select(at => new PlannedEvent(kind, at, at + traits.Times.PushedAfter)))
                .OrderBy(static planned => planned.DueAt)
                .ThenBy(static planned => RankOf(planned.Kind)),
        ];
    }

    private static IEnumerable<DateTimeOffset> TimesOf(PushedEvent kind, SimulatedConference conference) => EventNames.Of(kind) switch
    {
        { ChangeScene: not null } => [kind == PushedEvent.MeetingStarted ? conference.StartedAt : conference.EndedAt],
        { MinutesEventType: not null } when conference.RecordStatus != RecordStatus.Ended => [],
        { MinutesEventType: not null } when kind is PushedEvent.SummaryGenerated or PushedEvent.MinutesSummaryGenerated
            => [conference.EndedAt + conference.Traits.Times.SummaryAfter],
        { MinutesEventType: not null } => conference.MadeVideos.Select(static video => video.At!.Value).Distinct(),
        _ => [],
    };

    // What happens at one time is pushed in the order in which it would have happened.
    private static int RankOf(PushedEvent kind) => kind switch
    {
        PushedEvent.MeetingStarted => 0,
        PushedEvent.MeetingEnded or PushedEvent.MeetingEndedTargetPush => 1,
        _ => 2,
    };
}
