using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>What to do with a message after its conference was looked at.</summary>
public abstract record RecoveryAction
{
    private RecoveryAction()
    {
    }

    /// <summary>Nothing is left to do.</summary>
    public sealed record Finish : RecoveryAction;

    /// <summary>Write down that there is no recording; then nothing is left to do.</summary>
    /// <param name="Contradicted">Whether conference info has said that there is one, of which no video was ever listed.</param>
    public sealed record FinishNotRecorded(bool Contradicted = false) : RecoveryAction;

    /// <summary>Look again later.</summary>
    /// <param name="After">How long to wait.</param>
    /// <param name="Trigger">Why the next look is taken.</param>
    /// <param name="Lineage">What the next message carries.</param>
    public sealed record LookAgain(TimeSpan After, Trigger Trigger, Lineage Lineage) : RecoveryAction;

    /// <summary>Give up for now: DingTalk failed, or withheld what it had announced; to be replayed when DingTalk has recovered.</summary>
    /// <param name="Reason">One of <see cref="PoisonReasons"/>.</param>
    /// <param name="Error">The last error; null where there was none.</param>
    /// <param name="Lineage">What the poisoned message carries.</param>
    public sealed record Poison(string Reason, DingTalkError? Error, Lineage Lineage) : RecoveryAction;

    /// <summary>Give up: it will not work until somebody changes something.</summary>
    /// <param name="Reason">DingTalk's code.</param>
    /// <param name="Description">What to change.</param>
    /// <param name="Error">The error.</param>
    public sealed record DeadLetter(string Reason, string Description, DingTalkError Error) : RecoveryAction;
}
