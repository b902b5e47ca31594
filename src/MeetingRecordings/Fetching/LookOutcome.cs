using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>What came of one look at a conference.</summary>
public abstract record LookOutcome
{
    private LookOutcome()
    {
    }

    /// <summary>Its videos are in the manifest.</summary>
    public sealed record Recorded : LookOutcome;

    /// <summary>DingTalk says that nobody recorded it.</summary>
    public sealed record NeverRecorded : LookOutcome;

    /// <summary>DingTalk lists no video any more; the manifest holds what it listed before.</summary>
    public sealed record RecordedBefore : LookOutcome;

    /// <summary>DingTalk lists no video, and may yet.</summary>
    /// <param name="Error">What it said; null where it gave an empty list.</param>
    public sealed record NotReady(DingTalkError? Error = null) : LookOutcome;

    /// <summary>DingTalk, or the store of manifests, gave an error.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(DingTalkError Error) : LookOutcome;
}
