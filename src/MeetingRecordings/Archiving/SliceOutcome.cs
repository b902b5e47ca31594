using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Archiving;

/// <summary>What came of one slice.</summary>
public abstract record SliceOutcome
{
    private SliceOutcome(string name) => Name = name;

    /// <summary>Its name in logs and metrics; the workbook and docs/operations.md rest on it.</summary>
    public string Name { get; }

    /// <summary>The file is in the archive now.</summary>
    /// <param name="Bytes">Its length in bytes.</param>
    public sealed record Archived(long Bytes) : SliceOutcome(nameof(Archived));

    /// <summary>What was said is in the archive, as DingTalk has it now.</summary>
    /// <param name="Bytes">The length of its JSON in bytes.</param>
    /// <param name="Truncated">Whether there were too many pages, so that the end is missing.</param>
    public sealed record Transcribed(long Bytes, bool Truncated) : SliceOutcome(nameof(Transcribed));

    /// <summary>DingTalk has nothing that was said.</summary>
    /// <param name="KnowsNone">Whether it knows of no text; else it gave an empty one.</param>
    public sealed record Silent(bool KnowsNone) : SliceOutcome(nameof(Silent));

    /// <summary>There was nothing left to do.</summary>
    public sealed record Settled() : SliceOutcome(nameof(Settled));

    /// <summary>The settings do not want it, and the sidecar says so.</summary>
    /// <param name="Reason">One of <see cref="SkipReasons"/>.</param>
    public sealed record Skipped(string Reason) : SliceOutcome(nameof(Skipped));

    /// <summary>DingTalk does not have it, which it may be wrong about.</summary>
    public sealed record NotFound() : SliceOutcome(nameof(NotFound));

    /// <summary>DingTalk does not have it any more, and the sidecar says so.</summary>
    public sealed record Gone() : SliceOutcome(nameof(Gone));

    /// <summary>The time is up, and blocks are left.</summary>
    public sealed record Unfinished() : SliceOutcome(nameof(Unfinished));

    /// <summary>The source does not give the file, with a new URL either.</summary>
    /// <param name="Failure">What it says.</param>
    public sealed record Refused(Failure Failure) : SliceOutcome(nameof(Refused));

    /// <summary>The source failed.</summary>
    /// <param name="Failure">How.</param>
    public sealed record Interrupted(Failure Failure) : SliceOutcome(nameof(Interrupted));

    /// <summary>The file cannot be fetched until somebody has decided something.</summary>
    /// <param name="Reason">What is in the way, one of <see cref="ArchiveReasons"/>.</param>
    /// <param name="Failure">What it is.</param>
    public sealed record Unusable(string Reason, Failure Failure) : SliceOutcome(nameof(Unusable));

    /// <summary>DingTalk was not asked: what is left of the calls is kept for others.</summary>
    /// <param name="Wait">How long until there are new ones.</param>
    public sealed record Postponed(TimeSpan Wait) : SliceOutcome(nameof(Postponed));

    /// <summary>DingTalk gave an error.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(DingTalkError Error) : SliceOutcome(nameof(Failed));

    /// <summary>The store of recordings failed.</summary>
    /// <param name="Failure">How.</param>
    public sealed record NotStored(Failure Failure) : SliceOutcome(nameof(NotStored));
}
