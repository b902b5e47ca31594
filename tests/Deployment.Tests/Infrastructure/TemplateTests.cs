namespace Deployment.Tests.Infrastructure;

public sealed class TemplateTests
{
    private static readonly string[] BicepFiles =
        [.. Directory.EnumerateFiles(Repository.PathOf("infra"), "*.bicep", SearchOption.AllDirectories).Select(static f => Path.GetRelativePath(Repository.Root, f))];

    public static TheoryData<string> Files() => [.. BicepFiles];

    [BicepTheory]
    [MemberData(nameof(Files))]
    public async Task Every_file_passes_the_linter_without_a_word(string file)
    {
        var result = await Bicep.RunAsync("lint", Repository.PathOf(file));

        Assert.Equal("", result.All.Trim());
        Assert.Equal(0, result.ExitCode);
    }

    [BicepTheory]
    [MemberData(nameof(Files))]
    public async Task Every_file_is_formatted(string file)
    {
        var result = await Bicep.RunAsync("format", Repository.PathOf(file), "--stdout");

        Assert.Equal(Repository.Read(file).TrimEnd(), result.Output.TrimEnd());
    }

    [Fact]
    public void A_rule_is_switched_off_only_where_Bicep_does_not_know_what_Azure_documents()
    {
        var exceptions = BicepFiles
            .Select(static f => File.ReadAllLines(Repository.PathOf(f)))
            .SelectMany(static lines => lines.Zip(lines.Skip(1)))
            .Where(static pair => pair.First.Contains("#disable", StringComparison.Ordinal))
            .ToList();

        Assert.Contains("siteUpdateStrategy", Assert.Single(exceptions).Second, StringComparison.Ordinal);
    }

    [Fact]
    public void No_module_comes_from_a_registry()
        => Assert.All(BicepFiles, static f => Assert.DoesNotMatch("'(br|ts)[:/]", Repository.Read(f)));
}
