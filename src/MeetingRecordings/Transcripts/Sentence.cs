namespace MeetingRecordings.Transcripts;

/// <summary>A sentence of a paragraph. Times are in milliseconds from the recording's start.</summary>
/// <param name="StartMs">Its start; null where DingTalk gave none.</param>
/// <param name="EndMs">Its end; null where DingTalk gave none. It may be the start once more.</param>
/// <param name="Text">What was said.</param>
public sealed record Sentence(long? StartMs, long? EndMs, string Text);
