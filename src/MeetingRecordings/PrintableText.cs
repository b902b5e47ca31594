using System.Buffers;
using System.Globalization;

namespace MeetingRecordings;

/// <summary>
/// Makes text from outside fit for a terminal and for a log: whatever could end the line, move the cursor or turn the direction of
/// writing becomes '?'.
/// </summary>
public static class PrintableText
{
    private static readonly SearchValues<char> Harmless =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c)]);

    /// <summary>The text on one line; null stays null.</summary>
    public static string? Of(string? text) => Clean(text, static _ => false);

    /// <summary>The text with its line breaks and tabs; null stays null.</summary>
    public static string? LinesOf(string? text) => Clean(text, static c => c is '\n' or '\r' or '\t');

    private static string? Clean(string? text, Func<char, bool> isKept)
        => text is null || !text.AsSpan().ContainsAnyExcept(Harmless)
            ? text
            : string.Create(text.Length, (text, isKept), static (target, source) =>
            {
                var (from, isKept) = source;
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = isKept(from[i]) || IsHarmless(from, i) ? from[i] : '?';
                }
            });

    private static bool IsHarmless(string text, int at)
        => char.IsSurrogate(text[at]) ? IsHalfOfHarmlessPair(text, at) : IsHarmless(CharUnicodeInfo.GetUnicodeCategory(text[at]));

    private static bool IsHalfOfHarmlessPair(string text, int at)
    {
        var first = char.IsHighSurrogate(text[at]) ? at : at - 1;
        return first >= 0
            && first + 1 < text.Length
            && char.IsSurrogatePair(text[first], text[first + 1])
            && IsHarmless(CharUnicodeInfo.GetUnicodeCategory(text, first));
    }

    private static bool IsHarmless(UnicodeCategory category) => category is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
