using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>What came of one look at a conference.</summary>
public abstract record LookOutcome
{
    private LookOutcome(string name) => Name = name;

    /// <summary>One of <see cref="OutcomeNames"/>.</summary>
    public string Name { get; }

    /// <summary>DingTalk lists videos, and they are in the manifest.</summary>
    /// <param name="MayGrow">Whether DingTalk may add a file of which no event would tell.</param>
    public sealed record Recorded(bool MayGrow) : LookOutcome(OutcomeNames.Recorded);

    /// <summary>There is no recording, and the manifest says so.</summary>
    /// <param name="Contradicted">Whether conference info says that there is one, of which no video was ever listed.</param>
    public sealed record NotRecorded(bool Contradicted = false) : LookOutcome(OutcomeNames.NotRecorded);

    /// <summary>The manifest holds what DingTalk listed before, and nothing new was listed or asked for.</summary>
    public sealed record RecordedBefore() : LookOutcome(OutcomeNames.RecordedBefore);

    /// <summary>Another message of the conference does what this one would.</summary>
    public sealed record Unneeded() : LookOutcome(OutcomeNames.Unneeded);

    /// <summary>The meeting has not ended.</summary>
    public sealed record Running() : LookOutcome(OutcomeNames.Running);

    /// <summary>DingTalk lists no video, and may yet.</summary>
    /// <param name="Error">What it said; null where it gave an empty list.</param>
    public sealed record NotReady(DingTalkError? Error = null) : LookOutcome(OutcomeNames.NotReady);

    /// <summary>An event of DingTalk's announced a finished video, and it was never listed.</summary>
    /// <param name="Error">What DingTalk said last; null where it gave an empty list.</param>
    public sealed record Missing(DingTalkError? Error = null) : LookOutcome(OutcomeNames.Missing);

    /// <summary>DingTalk was not asked: what is left of the month's calls is kept for others.</summary>
    /// <param name="Wait">How long until the next month.</param>
    public sealed record Postponed(TimeSpan Wait) : LookOutcome(OutcomeNames.Postponed);

    /// <summary>DingTalk gave an error.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(DingTalkError Error) : LookOutcome(OutcomeNames.Failed);

    /// <summary>The store of manifests failed.</summary>
    /// <param name="Failure">How.</param>
    public sealed record NotStored(Failure Failure) : LookOutcome(OutcomeNames.NotStored);
}
