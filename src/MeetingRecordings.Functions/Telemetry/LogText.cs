using System.Buffers;
using System.Globalization;

namespace MeetingRecordings.Functions.Telemetry;

/// <summary>
/// Makes text from outside fit for a log line: whatever could end the line, move the cursor or turn the direction of writing
/// becomes '?', and what is long is cut.
/// </summary>
internal static class LogText
{
    /// <summary>The greatest length, in characters.</summary>
    public const int MaxLength = 128;

    private const string Cut = "...";
    private static readonly SearchValues<char> Harmless = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c)]);

    /// <summary>The text as it may be logged.</summary>
    /// <param name="text">Any text; null stays null.</param>
    public static string? Of(string? text)
    {
        var cut = text?.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength - Cut.Length), Cut) : text;
        return cut is null || !cut.AsSpan().ContainsAnyExcept(Harmless)
            ? cut
            : string.Create(cut.Length, cut, static (target, source) =>
            {
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = IsHarmless(source[i]) ? source[i] : '?';
                }
            });
    }

    private static bool IsHarmless(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
