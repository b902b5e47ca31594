using System.Collections.Immutable;

namespace MeetingRecordings.Transcripts;

/// <summary>
/// What was said in a conference. Merging is a join: it is commutative, associative and idempotent, so any number of readings in any
/// order ends in the same transcript. A paragraph that DingTalk has changed since is another one, and both are kept.
/// </summary>
public sealed record Transcript
{
    /// <summary>Creates a transcript.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="paragraphs">Its paragraphs, in any order, repeated or not.</param>
    public Transcript(string conferenceId, IEnumerable<Paragraph> paragraphs)
    {
        ConferenceId = conferenceId;
        Paragraphs = [.. paragraphs.Distinct().Order(TimeOrder.Instance)];
    }

    /// <summary>The conference.</summary>
    public string ConferenceId { get; }

    /// <summary>Its paragraphs, each once, ordered by start, then by all else; those whose start is not known come last.</summary>
    public ImmutableArray<Paragraph> Paragraphs { get; }

    /// <summary>The paragraphs of both of two transcripts of one conference.</summary>
    /// <param name="other">Another transcript of this conference.</param>
    /// <exception cref="ArgumentException">It is another conference's.</exception>
    public Transcript Merge(Transcript other)
        => string.Equals(ConferenceId, other.ConferenceId, StringComparison.Ordinal)
            ? new Transcript(ConferenceId, Paragraphs.Concat(other.Paragraphs))
            : throw new ArgumentException("Transcripts of two conferences cannot be merged.", nameof(other));

    /// <inheritdoc />
    public bool Equals(Transcript? other)
        => other is not null
            && string.Equals(ConferenceId, other.ConferenceId, StringComparison.Ordinal)
            && Paragraphs.SequenceEqual(other.Paragraphs);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(ConferenceId, Paragraphs.Length);
}
