using System.Text.RegularExpressions;

namespace Deployment.Tests.Documents;

public sealed partial class LinkTests
{
    public static TheoryData<string> Documents() =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Select(static f => Path.GetRelativePath(Repository.Root, f)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var broken = LinksOf(Repository.Read(document))
            .Where(static link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(link => !Resolves(link, folder, document));

        Assert.Empty(broken);
    }

    [Fact]
    public void A_broken_link_is_found()
    {
        var folder = Repository.PathOf("docs");

        Assert.False(Resolves("nowhere.md", folder, "docs/decisions.md"));
        Assert.False(Resolves("decisions.md#no-such-heading", folder, "docs/decisions.md"));
        Assert.True(Resolves("decisions.md#quick-tries-are-few", folder, "docs/decisions.md"));
        Assert.Equal(["a.md", "b.md#c"], LinksOf("[x](a.md) and `[no](code.md)` and [y](b.md#c \"title\")\n```\n[z](in-a-fence.md)\n```\n"));
    }

    private static IEnumerable<string> LinksOf(string markdown)
        => Link().Matches(Code().Replace(markdown, "")).Select(static m => m.Groups[1].Value);

    private static bool Resolves(string link, string folder, string document)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? Repository.PathOf(document) : Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(parts[0])));
        return parts.Length == 1
            ? File.Exists(target) || Directory.Exists(target)
            : File.Exists(target) && Heading().Matches(Code().Replace(File.ReadAllText(target), m => m.Value.StartsWith("```", StringComparison.Ordinal) ? "" : m.Value))
                .Any(h => AnchorOf(h.Groups[1].Value) == parts[1]);
    }

    // As GitHub makes them.
    private static string AnchorOf(string heading)
        => string.Concat(heading.Trim().ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
