namespace MeetingRecordings.Functions.Queues;

/// <summary>What lies in the queues.</summary>
/// <param name="Conferences">The conference queue.</param>
/// <param name="DeadLetters">Its dead letters.</param>
/// <param name="Poison">The poison queue.</param>
/// <param name="PoisonDeadLetters">The poison queue's own dead letters, of which there should be none.</param>
internal sealed record SurveyedQueues(QueueContent Conferences, QueueContent DeadLetters, QueueContent Poison, QueueContent PoisonDeadLetters);
