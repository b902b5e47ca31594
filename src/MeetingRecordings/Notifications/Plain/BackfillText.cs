using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>Reads the lines of a list as spreadsheets and scripts write them, with whichever delimiter.</summary>
internal static class BackfillText
{
    private const char Comment = '#';
    private const char Quote = '"';
    private const string Separator = "sep=";
    private const string NamedDelimiters = ",;\t|";
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>A line that is neither empty nor a comment.</summary>
    /// <param name="Number">Its number, from 1; the last where a cell goes over several.</param>
    /// <param name="Cells">Its cells, trimmed, without the empty ones at its end.</param>
    /// <param name="IsOpen">Whether a quotation in it is not closed, so that it has swallowed what follows.</param>
    public sealed record Line(int Number, IReadOnlyList<string> Cells, bool IsOpen);

    /// <summary>Reads the lines.</summary>
    /// <param name="content">UTF-8 with or without its mark, or UTF-16.</param>
    public static IEnumerable<Line> Read(byte[] content)
    {
        var text = Decode(content);
        var (skipped, delimiter) = SkipPreamble(ref text);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            Delimiter = delimiter.ToString(),
            HasHeaderRecord = false,
            TrimOptions = TrimOptions.Trim,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        while (parser.Read())
        {
            var cells = parser.Record!.Select(static cell => cell.Trim()).ToList();
            while (cells is [.., ""])
            {
                cells.RemoveAt(cells.Count - 1);
            }

            var raw = parser.RawRecord;
            if (cells.Count > 0 && !IsComment(cells[0]))
            {
                yield return new Line(skipped + parser.RawRow, cells, raw.Count(static c => c == Quote) % 2 == 1 && raw.AsSpan().TrimEnd().Contains('\n'));
            }
        }
    }

    // Spreadsheets write their errors so: #NAME?, #N/A, ####.
    private static bool IsComment(string cell)
        => cell[..Math.Min(cell.Length, 1)] is ['#'] && !cell.EndsWith('!') && !cell.EndsWith('?') && cell != "#N/A" && (cell.Length < 3 || cell.Trim(Comment).Length > 0);

    private static string Decode(byte[] content)
    {
        // Half of the bytes of such a text are zero, and none of a UTF-8 one.
        var utf16 = content is [0, not 0, ..] ? Encoding.BigEndianUnicode : content is [not 0, 0, ..] ? Encoding.Unicode : null;
        return utf16?.GetString(content) ?? Encoding.UTF8.GetString(ByteOrderMark.Skip(content.AsSpan()));
    }

    // Passes over what stands before the columns; the first line after it tells the delimiter, unless sep= does.
    private static (int Skipped, char Delimiter) SkipPreamble(ref string text)
    {
        char? named = null;
        for (var (skipped, rest) = (0, text); ; skipped++)
        {
            var end = rest.AsSpan().IndexOfAny('\r', '\n');
            var line = (end < 0 ? rest : rest[..end]).Trim();
            var isSeparator = named is null && line.Trim(Quote).StartsWith(Separator, StringComparison.OrdinalIgnoreCase);
            if (isSeparator)
            {
                var value = (end < 0 ? rest : rest[..end]).TrimStart().TrimStart(Quote)[Separator.Length..];
                named = value is [var first, ..] && NamedDelimiters.Contains(first) ? first : ',';
            }

            if (end < 0 || (line.Length > 0 && !IsComment(line) && !isSeparator))
            {
                text = isSeparator ? "" : rest;
                return (skipped, named ?? Delimiters.MaxBy(delimiter => CountUnquoted(line, delimiter)));
            }

            rest = rest[(end + (rest.AsSpan(end).StartsWith("\r\n") ? 2 : 1))..];
        }
    }

    private static int CountUnquoted(string line, char delimiter)
    {
        var (count, isQuoted) = (0, false);
        foreach (var c in line)
        {
            isQuoted ^= c == Quote;
            count += c == delimiter && !isQuoted ? 1 : 0;
        }

        return count;
    }
}
