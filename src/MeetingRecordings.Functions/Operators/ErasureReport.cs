namespace MeetingRecordings.Functions.Operators;

/// <summary>What came of erasing a conference.</summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="DryRun">Whether it only says what would be erased.</param>
/// <param name="Places">Where something was looked for.</param>
/// <param name="IsClean">Whether nothing is left; false for a dry run that has found something.</param>
public sealed record ErasureReport(string ConferenceId, bool DryRun, IReadOnlyList<ErasedPlace> Places, bool IsClean);
