namespace MeetingRecordings.Transcripts;

/// <summary>The JSON of a transcript, field by field in the order of writing.</summary>
internal sealed record TranscriptBody(int SchemaVersion, string ConferenceId, IReadOnlyList<TranscriptBody.ParagraphBody> Paragraphs)
{
    internal sealed record ParagraphBody(
        string? Speaker,
        string? UnionId,
        string? RecordId,
        long? StartMs,
        long? EndMs,
        string Text,
        IReadOnlyList<SentenceBody> Sentences);

    internal sealed record SentenceBody(long? StartMs, long? EndMs, string Text);
}
