using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Functions.Http;

/// <summary>The operators' page: one document with its own style and script.</summary>
/// <param name="Document">The document, UTF-8.</param>
/// <param name="Policy">What a browser lets it do: run its own script and style, ask the app, and nothing else.</param>
internal sealed record ConsolePage(byte[] Document, string Policy)
{
    private const string Resource = "MeetingRecordings.Functions.console.html";

    public static ConsolePage Read()
    {
        using var reader = new StreamReader(typeof(ConsolePage).Assembly.GetManifestResourceStream(Resource)!, Encoding.UTF8);
        // A browser hashes what it has read, with its line ends made one kind.
        return Of(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    private static ConsolePage Of(string document) => new(
        Encoding.UTF8.GetBytes(document),
        string.Join("; ",
        [
            "default-src 'none'",
            $"script-src '{HashOf(document, "script")}'",
            $"style-src '{HashOf(document, "style")}'",
            "img-src data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]));

    private static string HashOf(string document, string tag)
    {
        var (open, close) = ($"<{tag}>", $"</{tag}>");
        var start = document.IndexOf(open, StringComparison.Ordinal) + open.Length;
        var end = document.IndexOf(close, start, StringComparison.Ordinal);
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(document[start..end])))}";
    }
}
