namespace MeetingRecordings.Functions.Queues;

/// <summary>Counts what lies in the queues at most every five seconds, however many ask.</summary>
public sealed class RecentSurvey
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly QueueSurvey _survey;
    private readonly TimeProvider _clock;
    private Task<(DateTimeOffset At, SurveyedQueues Queues)>? _counts;
    private long _startedAt;

    internal RecentSurvey(QueueSurvey survey, TimeProvider clock) => (_survey, _clock) = (survey, clock);

    /// <summary>Counts, or gives the last counts while they are good.</summary>
    /// <param name="cancellationToken">Stops the wait, not the count, for which others may wait too.</param>
    internal Task<(DateTimeOffset At, SurveyedQueues Queues)> CountAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_counts is null || (_counts.IsCompleted && _clock.GetElapsedTime(_startedAt) >= GoodFor))
            {
                _startedAt = _clock.GetTimestamp();
                _counts = Task.Run(CountNowAsync, CancellationToken.None);
            }

            return _counts.WaitAsync(cancellationToken);
        }
    }

    private async Task<(DateTimeOffset At, SurveyedQueues Queues)> CountNowAsync()
    {
        var at = _clock.GetUtcNow();
        return (at, await _survey.CountAsync(CancellationToken.None));
    }
}
