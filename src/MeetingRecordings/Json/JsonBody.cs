using System.Text;
using System.Text.Unicode;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Json;

/// <summary>The bytes of a JSON answer as UTF-8, which JSON is by its standard and not always in fact.</summary>
internal static class JsonBody
{
    /// <summary>
    /// The body without a byte order mark. One that is no UTF-8 is read in the character set that its sender names; where that
    /// is none that is known, it stays as it is. A body that is UTF-8 is taken as such whatever is named: servers name a default.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="charset">The character set of its content type; null where it names none.</param>
    public static ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> body, string? charset)
    {
        var text = ByteOrderMark.Skip(body);
        return text.Length == body.Length && !Utf8.IsValid(body) && Find(charset) is { } encoding && encoding.CodePage != Encoding.UTF8.CodePage
            ? Encoding.UTF8.GetBytes(encoding.GetString(body).TrimStart('\uFEFF'))
            : text;
    }

    private static Encoding? Find(string? charset)
    {
        try
        {
            return charset?.Trim('"') is { } name ? CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
