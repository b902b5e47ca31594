using System.Reflection;
using System.Text.RegularExpressions;
using MeetingRecordings.Functions;
using Microsoft.Extensions.Logging;

namespace Deployment.Tests.Infrastructure;

/// <summary>What the app can log, and whether a query would find it.</summary>
internal static partial class LogLines
{
    // What stands in the app's lines where the templates have a name.
    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["Outcome"] = ["Recorded", "NeverRecorded", "NotReady", "Failed"],
        ["Status"] = ["recorded", "notRecorded"],
        ["Reason"] = ["permissionError", "quotaExhausted"],
        ["Count"] = ["3"],
        ["All"] = ["4"],
    };

    private static readonly (int Id, string Text)[] Lines =
        [.. Declared().SelectMany(static line => Fill(line.Message).Select(text => (line.EventId, text)))];

    /// <summary>The lines as the app declares them.</summary>
    public static IEnumerable<LoggerMessageAttribute> Declared()
        => typeof(FetchRecordings).Assembly.GetTypes()
            .SelectMany(static t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(static m => m.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>();

    /// <summary>The ids of the lines that a query's patterns match.</summary>
    public static IReadOnlyList<int> IdsFoundBy(string query)
        => [.. Lines.Where(line => PatternsOf(query).Any(p => Regex.IsMatch(line.Text, p))).Select(static line => line.Id).Distinct().Order()];

    /// <summary>Asserts that every pattern that a query matches messages with would match a line of the app's.</summary>
    public static void AssertLogged(string query)
    {
        var patterns = PatternsOf(query);
        if (patterns.Count == 0)
        {
            // A line of the Functions host's own.
            Assert.Contains("Trigger Details:", query, StringComparison.Ordinal);
        }

        Assert.All(patterns, static p => Assert.Contains(Lines, line => Regex.IsMatch(line.Text, p)));
    }

    private static List<string> PatternsOf(string query) => [.. Pattern().Matches(query).Select(static m => m.Groups[1].Value)];

    private static IEnumerable<string> Fill(string template)
    {
        var hole = Hole().Match(template);
        return !hole.Success
            ? [template]
            : Values.GetValueOrDefault(hole.Groups[1].Value, ["x1"]).SelectMany(v => Fill(template.Remove(hole.Index, hole.Length).Insert(hole.Index, v)));
    }

    [GeneratedRegex("""@"(\^[^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Hole();
}
