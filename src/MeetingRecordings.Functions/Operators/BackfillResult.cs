using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Functions.Operators;

/// <summary>What came of a back-fill.</summary>
/// <param name="Enqueued">How many conferences this run put on the queue.</param>
/// <param name="EnqueuedBefore">How many an earlier run of the same list had put there.</param>
/// <param name="Problems">The lines that cannot be used.</param>
public sealed record BackfillResult(int Enqueued, int EnqueuedBefore, IReadOnlyList<BackfillProblem> Problems);
