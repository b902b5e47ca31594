using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>What came of one look at a conference.</summary>
public abstract record LookOutcome
{
    private LookOutcome(string name) => Name = name;

    /// <summary>One of <see cref="OutcomeNames"/>.</summary>
    public string Name { get; }

    /// <summary>DingTalk lists videos, and they are in the manifest.</summary>
    public sealed record Recorded() : LookOutcome(OutcomeNames.Recorded);

    /// <summary>There is no recording, and the manifest says so.</summary>
    /// <param name="Contradicted">Whether conference info says that there is one, of which no video was ever listed.</param>
    public sealed record NotRecorded(bool Contradicted = false) : LookOutcome(OutcomeNames.NotRecorded);

    /// <summary>DingTalk lists no video any more; the manifest holds what it listed before.</summary>
    public sealed record RecordedBefore() : LookOutcome(OutcomeNames.RecordedBefore);

    /// <summary>DingTalk lists no video, and may yet.</summary>
    /// <param name="Error">What it said; null where it gave an empty list.</param>
    public sealed record NotReady(DingTalkError? Error = null) : LookOutcome(OutcomeNames.NotReady);

    /// <summary>An event of DingTalk's announced a finished video, and it was never listed.</summary>
    /// <param name="Error">What DingTalk said last; null where it gave an empty list.</param>
    public sealed record Missing(DingTalkError? Error = null) : LookOutcome(OutcomeNames.Missing);

    /// <summary>DingTalk gave an error.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(DingTalkError Error) : LookOutcome(OutcomeNames.Failed);

    /// <summary>The store of manifests failed.</summary>
    /// <param name="Failure">How.</param>
    public sealed record NotStored(Failure Failure) : LookOutcome(OutcomeNames.NotStored);
}
