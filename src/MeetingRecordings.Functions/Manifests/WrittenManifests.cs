using System.Text.Json.Serialization;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>How many manifests of late meetings there are.</summary>
/// <param name="EndedFrom">The first day, UTC, on which the meetings ended.</param>
/// <param name="Recorded">Meetings that were recorded.</param>
/// <param name="NotRecorded">Meetings that were not.</param>
/// <param name="IsWhole">Whether every manifest was counted; else there are more.</param>
internal sealed record WrittenManifests(
    DateOnly EndedFrom, int Recorded, int NotRecorded, [property: JsonPropertyName("complete")] bool IsWhole);
