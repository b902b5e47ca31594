namespace MeetingRecordings.Functions.Archive;

/// <summary>What is archived.</summary>
/// <param name="Files">Whether files are.</param>
/// <param name="Transcripts">Whether transcripts are.</param>
public sealed record ArchiveSwitch(bool Files, bool Transcripts);
