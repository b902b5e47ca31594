using System.Text.RegularExpressions;

namespace Deployment.Tests.Documents;

/// <summary>The sections of docs/operations.md about alerts.</summary>
internal static partial class Runbook
{
    /// <summary>The text below each alert's heading, by the alert's name.</summary>
    public static IReadOnlyDictionary<string, string> Sections()
        => Section().Matches(Repository.Read("docs/operations.md").ReplaceLineEndings("\n"))
            .ToDictionary(static m => m.Groups[1].Value, static m => m.Groups[2].Value.Trim());

    /// <summary>The commands of a section: its blocks, and what stands within a sentence and begins with the runbook's script.</summary>
    public static IEnumerable<string> Commands(string section)
        => Block().Matches(section).Select(static m => m.Groups[1].Value)
            .Concat(Inline().Matches(Block().Replace(section, "")).Select(static m => m.Groups[1].Value));

    [GeneratedRegex(@"^### (alert-[a-z-]+)\n(.*?)(?=^##)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^ *```sh\n(.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(\. infra/runbook\.sh[^`]+)`")]
    private static partial Regex Inline();
}
