namespace MeetingRecordings.Archiving;

/// <summary>The JSON of a <see cref="Sidecar"/>, field by field in the order of writing.</summary>
internal sealed record SidecarBody(
    int SchemaVersion,
    string ConferenceId,
    string MediaId,
    ArchiveState State,
    string? Reason,
    string? File,
    long? Bytes,
    string? Sha256,
    string? SourceETag,
    DateTimeOffset? At);
