using System.Text.Json.Serialization;

namespace MeetingRecordings.Manifests;

/// <summary>The JSON of a manifest, field by field in the order of writing.</summary>
internal sealed record ManifestBody(
    int SchemaVersion,
    string ConferenceId,
    string? CorpId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OrganizerUnionId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ScheduleConferenceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RoomCode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Transcript,
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
        long? FileSize,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File);
}
