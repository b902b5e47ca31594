namespace MeetingRecordings.Functions.Manifests;

/// <summary>The values that Blob Storage takes for index tags.</summary>
internal static class BlobTagValue
{
    private const char Substitute = '_';

    /// <summary>The text with every character replaced that a tag may not hold, so that an odd id cannot fail the write.</summary>
    public static string From(string text)
        => string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(source[i]) || " +-./:=_".Contains(source[i], StringComparison.Ordinal) ? source[i] : Substitute;
            }
        });
}
