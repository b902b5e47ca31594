using System.Globalization;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>Which manifests are looked for: by the tags in the blob index, and by what they say themselves. Null means any.</summary>
public sealed record ManifestFilter
{
    private const string RangeMark = "..";

    /// <summary>Recorded, or not recorded.</summary>
    public ManifestStatus? Status { get; init; }

    /// <summary>The first day (UTC) on which the meeting may have ended.</summary>
    public DateOnly? EndedFrom { get; init; }

    /// <summary>The last day (UTC) on which the meeting may have ended.</summary>
    public DateOnly? EndedTo { get; init; }

    /// <summary>The organisation.</summary>
    public string? CorpId { get; init; }

    /// <summary>What the meeting's title contains, in capitals or not.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the blob index is not needed.</summary>
    internal bool HasNoTags => this is { Status: null, EndedFrom: null, EndedTo: null, CorpId: null };

    /// <summary>Reads a day (<c>2026-11-23</c>) or a range of days, both included (<c>2026-11-01..2026-11-30</c>).</summary>
    /// <param name="text">The text.</param>
    /// <param name="filter">This filter with the days, where the result is true.</param>
    public bool TryWithEndedOn(string text, out ManifestFilter filter)
    {
        var mark = text.IndexOf(RangeMark, StringComparison.Ordinal);
        var (first, last) = mark < 0 ? (text, text) : (text[..mark], text[(mark + RangeMark.Length)..]);
        var isRead = TryParse(first, out var from) & TryParse(last, out var to) && from <= to;
        filter = this with { EndedFrom = from, EndedTo = to };
        return isRead;
    }

    /// <summary>Whether a manifest that the blob index gave is one of them.</summary>
    internal bool Takes(ManifestEntry manifest)
        => Title is null || manifest.Title?.Contains(Title, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The tags as an expression of the blob index.</summary>
    internal string ToExpression()
    {
        var terms = new List<string>();
        if (Status is { } status)
        {
            terms.Add($"\"{ManifestTags.Status}\"='{ManifestJson.ToText(status)}'");
        }

        if (EndedFrom is { } from)
        {
            terms.Add($"\"{ManifestTags.EndedOn}\">='{ToText(from)}'");
        }

        if (EndedTo is { } to)
        {
            terms.Add($"\"{ManifestTags.EndedOn}\"<='{ToText(to)}'");
        }

        if (CorpId is not null)
        {
            terms.Add($"\"{ManifestTags.CorpId}\"='{BlobTagValue.From(CorpId)}'");
        }

        return string.Join(" AND ", terms);
    }

    private static string ToText(DateOnly day) => day.ToString(ManifestTags.DayFormat, CultureInfo.InvariantCulture);

    private static bool TryParse(string text, out DateOnly day)
        => DateOnly.TryParseExact(text, ManifestTags.DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
