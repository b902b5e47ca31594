namespace MeetingRecordings.Archiving;

/// <summary>What became of a recording. It lies beside the file, or where the file would be.</summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="MediaId">The video.</param>
/// <param name="State">What became of it.</param>
public sealed record Sidecar(string ConferenceId, string MediaId, ArchiveState State)
{
    /// <summary>Why it was skipped: one of <see cref="SkipReasons"/>; null where it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>The file's length in bytes; null where it is not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The ETag that the file had at its source; null where there was none.</summary>
    public string? SourceETag { get; init; }

    /// <summary>The SHA-256 of the file, in lower-case hex; null where it was not computed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When this was found, UTC.</summary>
    public DateTimeOffset? At { get; init; }
}
