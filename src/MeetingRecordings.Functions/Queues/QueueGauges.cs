using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Functions.Queues;

/// <summary>Measures how much lies in the queues, and how long it has waited, for the alerts.</summary>
public sealed class QueueGauges
{
    private readonly QueueSurvey _survey;
    private readonly ServiceBusSettings _settings;
    private readonly TimeProvider _clock;

    internal QueueGauges(QueueSurvey survey, ServiceBusSettings settings, TimeProvider clock)
        => (_survey, _settings, _clock) = (survey, settings, clock);

    /// <summary>Measures once.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var queues = await _survey.CountAsync(cancellationToken);
        Tell(_settings.ConferenceQueue, queues.Conferences, queues.DeadLetters);
        Tell(_settings.PoisonQueue, queues.Poison, queues.PoisonDeadLetters);
        if (queues is { Recordings: { } recordings, RecordingDeadLetters: { } deadLetters })
        {
            Tell(_settings.RecordingQueue, recordings, deadLetters);
        }
    }

    private void Tell(string queue, QueueContent content, QueueContent deadLetters)
    {
        RecordingTelemetry.QueueHolds(queue, "active", content.Active);
        RecordingTelemetry.QueueHolds(queue, "scheduled", content.Scheduled);
        RecordingTelemetry.QueueHolds(queue, "dead-lettered", deadLetters.Active);
        RecordingTelemetry.QueueWaits(queue, content.OldestEnqueuedAt is { } oldest ? _clock.GetUtcNow() - oldest : TimeSpan.Zero);
    }
}
