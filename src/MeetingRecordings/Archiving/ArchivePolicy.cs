using MeetingRecordings.Fetching;

namespace MeetingRecordings.Archiving;

/// <summary>Decides what follows from a slice. What DingTalk and the store say has the waits that it has for a conference.</summary>
/// <param name="recovery">Knows the waits.</param>
public sealed class ArchivePolicy(RecoveryPolicy recovery)
{
    private const int MaxRefusedSlices = 3;

    // DingTalk is known to say so of what it has not made yet, and of what it has lost.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(1);

    /// <summary>Whether DingTalk was asked a day before, so that what it says now holds.</summary>
    internal static bool IsLastWord(int checks) => checks > 0;

    /// <summary>Decides.</summary>
    /// <param name="result">What the slice has come to.</param>
    /// <param name="context">What else counts; the trigger does not.</param>
    public RecoveryAction Decide(SliceResult result, LookContext context)
    {
        // What has moved on has not failed in a row.
        var now = result.NewBlocks > 0 ? context with { Lineage = context.Lineage.WithoutFaults() } : context;
        return result.Outcome switch
        {
            SliceOutcome.Archived or SliceOutcome.Settled or SliceOutcome.Skipped or SliceOutcome.Gone => new RecoveryAction.Finish(),
            SliceOutcome.Unfinished => new RecoveryAction.LookAgain(TimeSpan.Zero, now.Trigger, now.Lineage.AfterProgress()),
            // What is corrected later has no event of its own.
            SliceOutcome.Transcribed or SliceOutcome.Silent => IsLastWord(now.Lineage.Checks)
                ? new RecoveryAction.Finish()
                : new RecoveryAction.LookAgain(AskAgainAfter, now.Trigger, now.Lineage.AfterCheck()),
            SliceOutcome.NotFound => new RecoveryAction.LookAgain(AskAgainAfter, now.Trigger, now.Lineage.AfterCheck()),
            SliceOutcome.Refused refused when now.Lineage.Faults >= MaxRefusedSlices - 1
                => DeadLetter(ArchiveReasons.SourceRefused, refused.Failure, now),
            SliceOutcome.Unusable unusable => DeadLetter(unusable.Reason, unusable.Failure, now),
            SliceOutcome.Refused { Failure: var failure } => recovery.Decide(new LookOutcome.NotStored(failure), now),
            SliceOutcome.Interrupted { Failure: var failure } => recovery.Decide(new LookOutcome.NotStored(failure), now),
            SliceOutcome.NotStored { Failure: var failure } => recovery.Decide(new LookOutcome.NotStored(failure), now),
            SliceOutcome.Postponed { Wait: var wait } => recovery.Decide(new LookOutcome.Postponed(wait), now),
            SliceOutcome.Failed { Error: var error } => recovery.Decide(new LookOutcome.Failed(error), now),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
    }

    private static RecoveryAction DeadLetter(string reason, Failure failure, LookContext context)
        => RecoveryPolicy.HandOver(new RecoveryAction.DeadLetter(reason, ArchiveReasons.Advice[reason], failure), context);
}
