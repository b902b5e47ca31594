using System.Text.RegularExpressions;

namespace Deployment.Tests.Documents;

/// <summary>The table of docs/reliability.md: each promise names the tests that hold it.</summary>
public sealed partial class PromiseTests
{
    private const string Document = "docs/reliability.md";

    public static TheoryData<string> NamedTests() => [.. TestsOf(Repository.Read(Document)).Distinct()];

    [Theory]
    [MemberData(nameof(NamedTests))]
    public void A_test_that_holds_a_promise_exists(string test)
    {
        var declaration = new Regex($@"\[(Fact|Theory)[^\]]*\](\s*\[[^\n]*\])*\s*public (async Task|void) {test}\(");

        Assert.Contains(
            Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories),
            file => declaration.IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void Every_promise_names_a_test()
    {
        // The first table; its head comes first.
        var rows = Repository.Read(Document).Split('\n')
            .SkipWhile(static line => !line.StartsWith('|'))
            .TakeWhile(static line => line.StartsWith('|'))
            .Skip(2)
            .ToList();

        Assert.True(rows.Count >= 10);
        Assert.All(rows, row => Assert.NotEmpty(TestsOf(row)));
    }

    private static IEnumerable<string> TestsOf(string markdown) => TestName().Matches(markdown).Select(static m => m.Groups[1].Value);

    // A test's name reads as a sentence, with underscores between its words.
    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex TestName();
}
