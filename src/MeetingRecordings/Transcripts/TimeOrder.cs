namespace MeetingRecordings.Transcripts;

/// <summary>
/// The order of paragraphs: by start, then by every other field, so that different paragraphs are never in the same place. An unknown
/// time comes after all known ones; text is compared by its characters' numbers, in every culture alike.
/// </summary>
internal sealed class TimeOrder : IComparer<Paragraph>
{
    public static TimeOrder Instance { get; } = new();

    public int Compare(Paragraph? x, Paragraph? y)
        => x is null || y is null
            ? Comparer<bool>.Default.Compare(x is not null, y is not null)
            : Differences(x, y).FirstOrDefault(static difference => difference != 0);

    private static IEnumerable<int> Differences(Paragraph a, Paragraph b)
    {
        yield return Times(a.StartMs, b.StartMs);
        yield return Times(a.EndMs, b.EndMs);
        yield return string.CompareOrdinal(a.RecordId, b.RecordId);
        yield return string.CompareOrdinal(a.UnionId, b.UnionId);
        yield return string.CompareOrdinal(a.Speaker, b.Speaker);
        yield return string.CompareOrdinal(a.Text, b.Text);
        yield return a.Sentences.Length.CompareTo(b.Sentences.Length);
        foreach (var (one, other) in a.Sentences.Zip(b.Sentences))
        {
            yield return Times(one.StartMs, other.StartMs);
            yield return Times(one.EndMs, other.EndMs);
            yield return string.CompareOrdinal(one.Text, other.Text);
        }
    }

    private static int Times(long? a, long? b) => a is null || b is null ? (a is null).CompareTo(b is null) : a.Value.CompareTo(b.Value);
}
