using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Transcripts;

/// <summary>What came of a reading of what was said in a conference.</summary>
public abstract record TranscriptOutcome
{
    private TranscriptOutcome()
    {
    }

    /// <summary>How many calls the reading took.</summary>
    public int Calls { get; init; }

    /// <summary>DingTalk gave paragraphs.</summary>
    /// <param name="Transcript">The transcript.</param>
    /// <param name="UnionId">The user in whose name DingTalk gave it; null where it asked for none.</param>
    /// <param name="Truncated">Whether the reading ended at its greatest number of pages, so that the end may be missing.</param>
    public sealed record Found(Transcript Transcript, string? UnionId, bool Truncated = false) : TranscriptOutcome;

    /// <summary>DingTalk gave a list with no paragraph: nobody spoke, or the text is not ready.</summary>
    /// <param name="UnionId">The user in whose name DingTalk gave it; null where it asked for none.</param>
    public sealed record Empty(string? UnionId) : TranscriptOutcome;

    /// <summary>DingTalk has no text: it was not chosen when the meeting was recorded, or it is not ready.</summary>
    /// <param name="Error">What DingTalk said.</param>
    public sealed record NotFound(DingTalkError Error) : TranscriptOutcome;

    /// <summary>DingTalk gave another error, on whichever page.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(DingTalkError Error) : TranscriptOutcome;
}
