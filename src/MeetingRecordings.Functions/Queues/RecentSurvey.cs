using MeetingRecordings.Functions.Health;

namespace MeetingRecordings.Functions.Queues;

/// <summary>Counts what lies in the queues at most every five seconds, however many ask.</summary>
public sealed class RecentSurvey
{
    private readonly Remembered<(DateTimeOffset At, SurveyedQueues Queues)> _counts;

    internal RecentSurvey(QueueSurvey survey, TimeProvider clock)
        => _counts = new(
            async () => (clock.GetUtcNow(), await survey.CountAsync(CancellationToken.None)), TimeSpan.FromSeconds(5), clock);

    /// <summary>Counts, or gives the last counts while they are good.</summary>
    internal Task<(DateTimeOffset At, SurveyedQueues Queues)> CountAsync(CancellationToken cancellationToken)
        => _counts.GetAsync(cancellationToken);
}
