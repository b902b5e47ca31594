namespace MeetingRecordings.Archiving;

/// <summary>What a slice has come to.</summary>
/// <param name="Slice">The slice, with what was learned.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="NewBlocks">How many blocks it has stored.</param>
public sealed record SliceResult(Slice Slice, SliceOutcome Outcome, int NewBlocks = 0);
