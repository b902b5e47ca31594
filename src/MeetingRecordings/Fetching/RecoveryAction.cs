using MeetingRecordings.Conferences;

namespace MeetingRecordings.Fetching;

/// <summary>What to do with a message after its conference was looked at.</summary>
public abstract record RecoveryAction
{
    private RecoveryAction(string name) => Name = name;

    /// <summary>One of <see cref="ActionNames"/>.</summary>
    public string Name { get; }

    /// <summary>Nothing is left to do.</summary>
    public sealed record Finish() : RecoveryAction(ActionNames.Finish);

    /// <summary>Look again later.</summary>
    /// <param name="After">How long to wait.</param>
    /// <param name="Trigger">Why the next look is taken.</param>
    /// <param name="Lineage">What the next message carries.</param>
    public sealed record LookAgain(TimeSpan After, Trigger Trigger, Lineage Lineage) : RecoveryAction(ActionNames.LookAgain);

    /// <summary>Send to the poison queue: DingTalk failed, or withheld what it had announced. A replay may find it recovered.</summary>
    /// <param name="Reason">One of <see cref="PoisonReasons"/>.</param>
    /// <param name="Failure">The last failure; null where there was none.</param>
    /// <param name="Lineage">What the poison message carries.</param>
    public sealed record Poison(string Reason, Failure? Failure, Lineage Lineage) : RecoveryAction(ActionNames.Poison);

    /// <summary>Dead-letter: it will not work until somebody changes something.</summary>
    /// <param name="Reason">DingTalk's code.</param>
    /// <param name="Description">What to change.</param>
    /// <param name="Failure">The failure.</param>
    public sealed record DeadLetter(string Reason, string Description, Failure Failure) : RecoveryAction(ActionNames.DeadLetter);
}
