namespace MeetingRecordings.Functions.Poison;

/// <summary>What was done with the messages that an operator meant.</summary>
/// <param name="Source">Where they lay.</param>
/// <param name="DryRun">Whether nothing was done in truth.</param>
/// <param name="Results">One for each message, the oldest first.</param>
/// <param name="More">Whether there are further ones that the same selection means.</param>
public sealed record PoisonAnswer(PoisonSource Source, bool DryRun, IReadOnlyList<PoisonResult> Results, bool More);
