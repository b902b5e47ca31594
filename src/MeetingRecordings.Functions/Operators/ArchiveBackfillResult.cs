namespace MeetingRecordings.Functions.Operators;

/// <summary>What a back-fill of the archive has put on the queue, or would.</summary>
/// <param name="Files">How many files.</param>
/// <param name="Transcripts">How many transcripts.</param>
/// <param name="Bytes">How large the files are together, as far as DingTalk has said.</param>
public sealed record ArchiveBackfillResult(int Files, int Transcripts, long Bytes)
{
    /// <summary>The least number of metered calls that it takes: one for each file and each reading of what was said, of which there are two.</summary>
    public int Calls => Files + 2 * Transcripts;
}
