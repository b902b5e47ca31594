using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>A manifest in a list. Of a blob that cannot be read as a manifest only the tags are known.</summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="Status"><c>recorded</c> or <c>notRecorded</c>.</param>
/// <param name="EndedOn">The day on which the meeting ended, UTC.</param>
/// <param name="CorpId">The organisation.</param>
public sealed record ManifestEntry(string ConferenceId, string? Status, string? EndedOn, string? CorpId)
{
    /// <summary>The meeting's title.</summary>
    public string? Title { get; init; }

    /// <summary>The meeting's start, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The meeting's end, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many videos there are.</summary>
    public int? Videos { get; init; }

    /// <summary>How long the videos are together.</summary>
    public long? DurationMs { get; init; }

    /// <summary>How large the videos are together.</summary>
    public long? Bytes { get; init; }

    internal static ManifestEntry Of(Manifest manifest) => new(
        manifest.ConferenceId,
        ManifestJson.ToText(manifest.Status),
        manifest.EndedAt is { } endedAt ? ManifestTags.DayOf(endedAt) : null,
        manifest.CorpId)
    {
        Title = manifest.Meeting.Title,
        StartedAt = manifest.Meeting.StartedAt,
        EndedAt = manifest.EndedAt,
        Videos = manifest.Videos.Length,
        DurationMs = manifest.Videos.Sum(static v => v.DurationMs ?? 0),
        Bytes = manifest.Videos.Sum(static v => v.FileSize ?? 0),
    };
}
