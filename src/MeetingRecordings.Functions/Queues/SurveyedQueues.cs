namespace MeetingRecordings.Functions.Queues;

/// <summary>What lies in the queues.</summary>
/// <param name="Conferences">The conference queue.</param>
/// <param name="DeadLetters">Its dead letters.</param>
/// <param name="Poison">The poison queue.</param>
/// <param name="PoisonDeadLetters">The poison queue's own dead letters, of which there should be none.</param>
/// <param name="Recordings">The recording queue; null where nothing is archived.</param>
/// <param name="RecordingDeadLetters">Its dead letters; null where nothing is archived.</param>
internal sealed record SurveyedQueues(
    QueueContent Conferences,
    QueueContent DeadLetters,
    QueueContent Poison,
    QueueContent PoisonDeadLetters,
    QueueContent? Recordings = null,
    QueueContent? RecordingDeadLetters = null);
