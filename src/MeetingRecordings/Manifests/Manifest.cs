using System.Collections.Immutable;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Manifests;

/// <summary>
/// What is known of a conference's recordings. Merging is a join: it is commutative, associative and idempotent, so any
/// number of deliveries in any order ends in the same manifest, and one never loses a video.
/// </summary>
public sealed record Manifest
{
    private Manifest(string conferenceId, ManifestStatus status, ImmutableArray<Video> videos)
    {
        ConferenceId = conferenceId;
        Status = status;
        Videos = videos;
    }

    /// <summary>The conference.</summary>
    public string ConferenceId { get; }

    /// <summary>Whether it was recorded.</summary>
    public ManifestStatus Status { get; }

    /// <summary>Its videos, ordered by start, then by key.</summary>
    public ImmutableArray<Video> Videos { get; }

    /// <summary>Its organisation; null where nobody said.</summary>
    public string? CorpId { get; init; }

    /// <summary>Its end, UTC; null where nobody said.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where the archive has what was said: container and blob; null while it has nothing.</summary>
    public string? Transcript { get; init; }

    /// <summary>What else is known of the meeting.</summary>
    public MeetingDetails Meeting { get; init; } = new();

    /// <summary>How well its end is known; <see cref="EndedAtSource.Fallback"/> where it is not.</summary>
    public EndedAtSource EndedAtSource
    {
        get => EndedAt is null ? EndedAtSource.Fallback : field;
        init;
    }

    /// <summary>The manifest of a conference that has no recording, as far as is known.</summary>
    /// <param name="conferenceId">The conference.</param>
    public static Manifest NotRecorded(string conferenceId) => new(conferenceId, ManifestStatus.NotRecorded, []);

    /// <summary>The manifest of a conference that was recorded.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="videos">Its videos, in any order, repeated or not.</param>
    public static Manifest Recorded(string conferenceId, IEnumerable<Video> videos)
        => new(conferenceId, ManifestStatus.Recorded, Arrange(videos));

    /// <summary>What is known from both of two manifests of one conference.</summary>
    /// <param name="other">Another manifest of this conference.</param>
    /// <exception cref="ArgumentException">It is another conference's.</exception>
    public Manifest Merge(Manifest other)
    {
        if (!string.Equals(ConferenceId, other.ConferenceId, StringComparison.Ordinal))
        {
            throw new ArgumentException("Manifests of two conferences cannot be merged.", nameof(other));
        }

        var (endedAt, source) = MergeEnd(other);
        return new Manifest(ConferenceId, (ManifestStatus)Math.Max((int)Status, (int)other.Status), Arrange(Videos.Concat(other.Videos)))
        {
            CorpId = Join.Greater(CorpId, other.CorpId),
            EndedAt = endedAt,
            EndedAtSource = source,
            Transcript = Join.Greater(Transcript, other.Transcript),
            Meeting = Meeting.Merge(other.Meeting),
        };
    }

    /// <summary>The manifest without some of the meeting's details.</summary>
    public Manifest Without(MeetingFields fields) => this with { Meeting = Meeting.Without(fields) };

    private (DateTimeOffset? EndedAt, EndedAtSource Source) MergeEnd(Manifest other)
        => EndedAtSource == other.EndedAtSource ? (Join.Earlier(EndedAt, other.EndedAt), EndedAtSource)
            : EndedAtSource > other.EndedAtSource ? (EndedAt, EndedAtSource)
            : (other.EndedAt, other.EndedAtSource);

    private static ImmutableArray<Video> Arrange(IEnumerable<Video> videos)
        => [.. videos
            .GroupBy(static video => video.Key, StringComparer.Ordinal)
            .Select(static same => same.Aggregate(static (a, b) => a.Merge(b)))
            .OrderBy(static video => video.StartTime)
            .ThenBy(static video => video.Key, StringComparer.Ordinal)];
}
