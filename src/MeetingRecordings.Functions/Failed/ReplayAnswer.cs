namespace MeetingRecordings.Functions.Failed;

/// <summary>What a replay has done.</summary>
/// <param name="Source">Where the messages lay.</param>
/// <param name="DryRun">Whether it only says what it would do.</param>
/// <param name="Results">One for each message, the oldest first.</param>
/// <param name="More">Whether the same selection means further messages.</param>
public sealed record ReplayAnswer(FailedQueue Source, bool DryRun, IReadOnlyList<MessageResult> Results, bool More);
