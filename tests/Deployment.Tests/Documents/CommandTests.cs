using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deployment.Tests.Files;
using Deployment.Tests.Infrastructure;

namespace Deployment.Tests.Documents;

/// <summary>Commands that documents and hooks tell to paste: what they name exists.</summary>
public sealed partial class CommandTests
{
    // Set by azd itself.
    private static readonly string[] Azds = ["AZURE_SUBSCRIPTION_ID", "AZURE_LOCATION", "AZURE_ENV_NAME"];

    // Read by hooks, and not kept in azd's environment.
    private static readonly string[] ForOneRun = ["DINGTALK_RESEED", "RENEW_KEYS"];

    public static TheoryData<string> Texts() =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.PathOf("infra/hooks")))
            .Select(static f => Path.GetRelativePath(Repository.Root, f)),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_set_in_azds_environment_is_a_parameter_or_read_by_a_hook(string text)
        => Assert.Empty(All(EnvSet(), text).Except(Settable()));

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_asked_of_azds_environment_is_put_out_or_set_there(string text)
        => Assert.Empty(All(EnvGet(), text).Except(Outputs()).Except(Settable()));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Hooks_that_are_run_by_hand_are_azds(string text)
        => Assert.Empty(All(HooksRun(), text).Except(Yaml.Read("azure.yaml").At("hooks").Keys()));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Services_that_are_deployed_alone_are_azds(string text)
        => Assert.Empty(All(Deploy(), text).Except(Yaml.Read("azure.yaml").At("services").Keys()));

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_given_for_one_run_is_read_by_a_hook(string text)
    {
        var hooks = string.Concat(Directory.EnumerateFiles(Repository.PathOf("infra/hooks"), "*.sh").Select(File.ReadAllText));

        Assert.All(All(ForRun(), text), name =>
        {
            Assert.Contains(name, ForOneRun);
            Assert.Contains($"${{{name}:-", hooks, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Functions_that_are_named_exist(string text)
        => Assert.All(All(FunctionName(), text), static name => Assert.Contains(name, AppNames.Functions));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Addresses_of_the_app_are_routes(string text) => Assert.All(All(Address(), text), AppNames.AssertRoute);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Keys_are_shown_one_by_one_and_the_master_key_never(string text)
    {
        var shown = Repository.Read(text).Split('\n').Where(static line => line.Contains("keys list", StringComparison.Ordinal)).ToList();

        Assert.All(shown, static line => Assert.Matches(@"--query (functionKeys\.)?[a-z]+ --output tsv", line));
        Assert.All(shown, static line => Assert.DoesNotContain("master", line, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            Repository.Read(text).Split('\n').Where(static line => line.Contains("keys set", StringComparison.Ordinal)),
            static line => Assert.Contains("--output none", line, StringComparison.Ordinal));
    }

    [BicepFact]
    public void The_table_of_settings_lists_every_parameter_and_its_default()
    {
        var rows = SettingsRow().Matches(Repository.Read("docs/deploy.md"))
            .SelectMany(static row => Quoted().Matches(row.Groups[1].Value).Select((name, i) => (
                Name: name.Groups[1].Value,
                Default: row.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries) is var all && i < all.Length ? all[i] : all[^1])))
            .ToDictionary(static row => row.Name, static row => row.Default.Trim('`'));
        var parameters = Parameters().Where(p => !Azds.Contains(p.Name)).ToDictionary(static p => p.Name, static p => p.Default);

        Assert.Equal(parameters.Keys.Concat(["OPERATOR_KEYS", "NOTIFICATION_KEYS"]).Order(), rows.Keys.Order());
        Assert.All(parameters, p => Assert.Equal(p.Value.Length > 0 ? p.Value : p.Key == "MANIFEST_STORAGE_SKU" ? "by region" : "none", rows[p.Key]));
    }

    [Fact]
    public void A_name_that_does_not_exist_is_found()
    {
        Assert.Equal(["NOWHERE"], EnvSet().Matches("`azd env set NOWHERE 1`").Select(static m => m.Groups[1].Value));
        Assert.Equal(["NOWHERE"], EnvGet().Matches("$(azd env get-value NOWHERE)").Select(static m => m.Groups[1].Value));
        Assert.Equal(["NOWHERE"], ForRun().Matches("NOWHERE=true azd hooks run postdeploy").Select(static m => m.Groups[1].Value));
        Assert.DoesNotContain("NOWHERE", Settable());
    }

    private static IEnumerable<string> All(Regex pattern, string text)
        => pattern.Matches(Repository.Read(text)).Select(static m => m.Groups[1].Value).Where(static name => name is not "NAME").Distinct();

    private static IEnumerable<string> Settable()
        => Parameters().Select(static p => p.Name)
            .Concat(Yaml.Read("azure.yaml").At("pipeline.variables").Items().Select(static i => i.ToString()))
            .Concat(Azds);

    private static IEnumerable<(string Name, string Default)> Parameters()
        => JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject()
            .Select(static p => ((string)p.Value!["value"]!)[2..^1].Split('=', 2))
            .Select(static p => (p[0], p.Length == 2 ? p[1] : ""));

    private static IEnumerable<string> Outputs() => Output().Matches(Repository.Read("infra/main.bicep")).Select(static m => m.Groups[1].Value);

    [GeneratedRegex(@"azd env set ([A-Z_]+)")]
    private static partial Regex EnvSet();

    [GeneratedRegex(@"azd env get-value ([A-Z_]+)")]
    private static partial Regex EnvGet();

    [GeneratedRegex(@"azd hooks run (\w+)")]
    private static partial Regex HooksRun();

    [GeneratedRegex(@"azd (?:deploy|package) (\w+)")]
    private static partial Regex Deploy();

    [GeneratedRegex(@"\b([A-Z][A-Z_]+)=\S+ azd ")]
    private static partial Regex ForRun();

    [GeneratedRegex(@"--function-name (\w+)")]
    private static partial Regex FunctionName();

    [GeneratedRegex("""(?:get-value SERVICE_API_URI\)|SERVICE_API_URI\}?:?-?\}?)(/api/[\w/{}-]+)""")]
    private static partial Regex Address();

    [GeneratedRegex(@"^output (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"^\| ((?:`[A-Z_]+`(?:, )?)+) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex SettingsRow();

    [GeneratedRegex("`([A-Z_]+)`")]
    private static partial Regex Quoted();
}
