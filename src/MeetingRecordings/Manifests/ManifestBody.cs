namespace MeetingRecordings.Manifests;

/// <summary>The JSON of a manifest, field by field in the order of writing.</summary>
internal sealed record ManifestBody(
    int SchemaVersion,
    string ConferenceId,
    string? CorpId,
    DateTimeOffset? EndedAt,
    string Status,
    ManifestBody.TotalsBody Totals,
    IReadOnlyList<ManifestBody.RecordingBody> Recordings)
{
    internal sealed record TotalsBody(int Videos, long Bytes, long DurationMs);

    internal sealed record RecordingBody(string? RecordId, IReadOnlyList<VideoBody> Videos);

    internal sealed record VideoBody(
        string? MediaId,
        string? RegionId,
        string? RecordType,
        string? RecorderUnionId,
        DateTimeOffset? StartTime,
        DateTimeOffset? EndTime,
        long? DurationMs,
        long? FileSize);
}
