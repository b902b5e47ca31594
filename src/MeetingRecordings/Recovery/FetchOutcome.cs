using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Recovery;

/// <summary>What came of one look at a conference.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    /// <summary>Its videos are in the manifest.</summary>
    public sealed record Recorded : FetchOutcome;

    /// <summary>DingTalk says that nobody recorded it.</summary>
    public sealed record NeverRecorded : FetchOutcome;

    /// <summary>DingTalk lists no video, and may yet.</summary>
    public sealed record NotReady : FetchOutcome;

    /// <summary>DingTalk, or the store of manifests, gave an error.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(DingTalkError Error) : FetchOutcome;
}
