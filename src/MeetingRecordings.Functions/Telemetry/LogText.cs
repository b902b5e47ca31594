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

    /// <summary>The text as it may be logged.</summary>
    /// <param name="text">Any text; null stays null.</param>
    public static string? Of(string? text)
    {
        var cut = text?.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength - Cut.Length), Cut) : text;
        return PrintableText.Of(cut);
    }
}
