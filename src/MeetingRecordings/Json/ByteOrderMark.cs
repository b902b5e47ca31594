namespace MeetingRecordings.Json;

/// <summary>The mark that some writers put before their UTF-8, and that System.Text.Json refuses.</summary>
internal static class ByteOrderMark
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text behind the mark; all of it where there is none.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> utf8) => utf8.StartsWith(Mark) ? utf8[Mark.Length..] : utf8;

    /// <inheritdoc cref="Skip(ReadOnlySpan{byte})" />
    public static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> utf8) => utf8[^Skip(utf8.Span).Length..];
}
