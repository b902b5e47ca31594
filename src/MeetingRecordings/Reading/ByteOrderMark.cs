using System.Text;

namespace MeetingRecordings.Reading;

/// <summary>The marks that some writers put before a text, and that System.Text.Json refuses.</summary>
public static class ByteOrderMark
{
    /// <summary>The mark as a character: U+FEFF.</summary>
    public const char Character = '\uFEFF';

    private static ReadOnlySpan<byte> Utf8 => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Utf16 => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> Utf16BigEndian => [0xFE, 0xFF];

    /// <summary>The text behind its mark, as UTF-8: one in UTF-16 is converted. All of it where there is no mark.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> text)
        => text.StartsWith(Utf8) ? text[Utf8.Length..]
            : text.StartsWith(Utf16) ? ToUtf8(Encoding.Unicode, text)
            : text.StartsWith(Utf16BigEndian) ? ToUtf8(Encoding.BigEndianUnicode, text)
            : text;

    /// <inheritdoc cref="Skip(ReadOnlySpan{byte})" />
    public static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> text)
        => text.Span.StartsWith(Utf8) ? text[Utf8.Length..]
            : text.Span.StartsWith(Utf16) || text.Span.StartsWith(Utf16BigEndian) ? Skip(text.Span).ToArray()
            : text;

    private static byte[] ToUtf8(Encoding encoding, ReadOnlySpan<byte> marked) => Encoding.UTF8.GetBytes(encoding.GetString(marked[Utf16.Length..]));
}
