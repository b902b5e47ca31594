using System.Globalization;
using System.Text;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Transcripts;

/// <summary>
/// A transcript as WebVTT, the subtitles that browsers and players show beside a video. Each sentence is a cue, or the paragraph where
/// its sentences have no times; the speaker is its voice. Cues are in the order of their starts, and may overlap.
/// </summary>
public static class WebVtt
{
    // A cue whose end is unknown, or not after its start, lasts until the next one begins, within these limits.
    private const long ShortestMs = 2_000;
    private const long LongestMs = 10_000;

    /// <summary>
    /// Writes a transcript. What has no text is left out; what has no start, or an impossible one, stands at the end, one after the other.
    /// </summary>
    /// <param name="transcript">The transcript.</param>
    /// <returns>UTF-8 text, without a byte order mark: the same transcript is always the same bytes.</returns>
    public static byte[] Write(Transcript transcript)
    {
        var cues = transcript.Paragraphs.SelectMany(CuesOf).OrderBy(static cue => cue.StartMs ?? long.MaxValue).ToList();
        var vtt = new StringBuilder("WEBVTT\n");
        var latestEnd = 0L;
        foreach (var (i, cue) in cues.Index())
        {
            var start = cue.StartMs ?? latestEnd;
            var next = cues.ElementAtOrDefault(i + 1)?.StartMs ?? long.MaxValue;
            var end = cue.EndMs > start ? cue.EndMs.Value : start + Math.Clamp(next - start, ShortestMs, LongestMs);
            latestEnd = Math.Max(latestEnd, end);
            vtt.Append('\n').Append(Time(start)).Append(" --> ").Append(Time(end)).Append('\n').Append(cue.Text).Append('\n');
        }

        return Encoding.UTF8.GetBytes(vtt.ToString());
    }

    private static IEnumerable<Cue> CuesOf(Paragraph paragraph)
    {
        var voice = Clean(paragraph.Speaker).Replace('\n', ' ') is { Length: > 0 } name ? $"<v {name}>" : "";
        var sentences = paragraph.Sentences.Select(sentence => CueOf(voice, sentence)).OfType<Cue>().ToList();
        var whole = CueOf(voice, new Sentence(paragraph.StartMs, paragraph.EndMs, paragraph.Text));
        var timed = sentences.Count > 0 && sentences.All(static cue => cue.StartMs is not null);
        return timed || whole is null ? sentences : [whole];
    }

    private static Cue? CueOf(string voice, Sentence sentence)
        => Clean(sentence.Text) is { Length: > 0 } text
            ? new Cue(Possible(sentence.StartMs), Possible(sentence.EndMs), voice + text)
            : null;

    private static long? Possible(long? time) => Video.IsPlausible(time) ? time : null;

    // An empty line would end the cue. Joiners and marks of direction stay: emoji and Arabic need them.
    private static string Clean(string? text)
        => string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(CleanLine).Where(static line => line.Length > 0));

    private static string CleanLine(string line)
        => string.Concat(line.Select(static c => char.IsControl(c) ? ' ' : c)).Trim()
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Time(long ms) => string.Create(
        CultureInfo.InvariantCulture, $"{ms / 3_600_000:00}:{ms / 60_000 % 60:00}:{ms / 1_000 % 60:00}.{ms % 1_000:000}");

    private sealed record Cue(long? StartMs, long? EndMs, string Text);
}
