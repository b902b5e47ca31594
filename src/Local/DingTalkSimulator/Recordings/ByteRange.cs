using System.Globalization;

namespace DingTalkSimulator.Recordings;

/// <summary>A part of a file, as the header Range asks for it.</summary>
/// <param name="First">Its first byte.</param>
/// <param name="Length">Its length; 0 where it lies beyond the file.</param>
internal readonly record struct ByteRange(long First, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>Reads a Range.</summary>
    /// <param name="header">The header; null for none.</param>
    /// <param name="total">The file's length.</param>
    /// <returns>The part; null where the header is to be ignored: there is none, it is malformed, or it asks for several parts.</returns>
    public static ByteRange? Read(string? header, long total)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || header.Split('-') is not [_, var end])
        {
            return null;
        }

        var start = header[Unit.Length..header.IndexOf('-', StringComparison.Ordinal)].Trim();
        end = end.Trim();
        if (start.Length == 0)
        {
            return TryRead(end, out var suffix) ? new ByteRange(Math.Max(0, total - suffix), Math.Min(suffix, total)) : null;
        }

        var last = total - 1;
        return !TryRead(start, out var first) || (end.Length > 0 && !TryRead(end, out last)) || (end.Length > 0 && last < first) ? null
            : new ByteRange(first, Math.Max(0, Math.Min(last, total - 1) - first + 1));
    }

    private static bool TryRead(string text, out long number)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
