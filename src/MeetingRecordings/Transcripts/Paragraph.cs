using System.Collections.Immutable;

namespace MeetingRecordings.Transcripts;

/// <summary>
/// What one speaker said without a break. Times are in milliseconds from the recording's start. DingTalk may leave any field out. Two
/// paragraphs are equal where all their fields are, sentence by sentence.
/// </summary>
public sealed record Paragraph
{
    /// <summary>The name that DingTalk shows for the speaker.</summary>
    public string? Speaker { get; init; }

    /// <summary>The speaker's union id; null where DingTalk does not know the speaker.</summary>
    public string? UnionId { get; init; }

    /// <summary>The recording it belongs to.</summary>
    public string? RecordId { get; init; }

    /// <summary>Its start.</summary>
    public long? StartMs { get; init; }

    /// <summary>Its end. DingTalk is known to repeat the start here.</summary>
    public long? EndMs { get; init; }

    /// <summary>What was said; empty where nothing was understood.</summary>
    public string Text { get; init; } = "";

    /// <summary>The same, sentence by sentence, as DingTalk orders it; empty where it gave none.</summary>
    public ImmutableArray<Sentence> Sentences { get; init; } = [];

    /// <inheritdoc />
    public bool Equals(Paragraph? other) => other is not null && TimeOrder.Instance.Compare(this, other) == 0;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Speaker, UnionId, RecordId, StartMs, EndMs, Text, Sentences.Length);
}
