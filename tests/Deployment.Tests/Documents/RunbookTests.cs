using System.Text.RegularExpressions;
using Deployment.Tests.Infrastructure;

namespace Deployment.Tests.Documents;

/// <summary>What whoever is woken reads and pastes.</summary>
public sealed partial class RunbookTests : IDisposable
{
    // Notes how it was called and prints what the runbook's script asks for.
    private const string Program = """
        #!/bin/sh
        program=${0##*/}
        [ "$program" != curl ] || case "$*" in *"-H @-"*) printf 'header %s\n' "$(cat)" >> "$FAKE_HOME/calls" ;; esac
        printf '%s %s\n' "$program" "$*" >> "$FAKE_HOME/calls"
        [ "$program" != dotnet ] || env | grep '__' >> "$FAKE_HOME/calls"
        case "$program $*" in
          "azd env get-value SERVICE_API_URI") echo https://func-1.azurewebsites.net ;;
          "azd env get-value "*) echo "the-$3" ;;
          "az functionapp keys list"*) echo the-key ;;
          "az resource list"*) echo the-insights ;;
        esac
        """;

    private readonly Folder _home = new();

    public static TheoryData<string> Alerts() => [.. Runbook.Sections().Keys];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void It_says_first_whether_it_can_wait_and_then_three_steps(string alert)
    {
        var section = Runbook.Sections()[alert];

        Assert.Matches(@"^\*\*(Can|Cannot) wait", section);
        Assert.Equal(["1", "2", "3"], Step().Matches(section).Select(static m => m.Groups[1].Value));
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task Its_commands_run_as_they_are_pasted_with_every_variable_defined(string alert)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are for a shell.");
        var commands = Runbook.Commands(Runbook.Sections()[alert]).ToList();
        Assert.NotEmpty(commands);

        foreach (var command in commands)
        {
            var result = await RunAsync(command);

            Assert.True(result.ExitCode == 0, $"{command}\n{result.All}");
            Assert.Equal("", result.Error);
        }

        Assert.All(Calls(), static call => Assert.DoesNotContain("https:///", call, StringComparison.Ordinal));
        Assert.All(Calls().Where(static call => call.StartsWith("az monitor", StringComparison.Ordinal)), static call =>
            Assert.Contains("--apps the-insights", call, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Its_queries_name_what_the_app_logs_and_measures(string alert) => Assert.All(
        Query().Matches(Runbook.Sections()[alert]).Select(static m => m.Groups[1].Value),
        static query =>
        {
            AppNames.AssertKnown(query);
            if (query.Contains("@\"^", StringComparison.Ordinal))
            {
                LogLines.AssertLogged(query);
            }
        });

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Its_calls_are_of_functions_that_exist(string alert) => Assert.All(
        Call().Matches(Runbook.Sections()[alert]).Select(static m => $"/api/{m.Groups[1].Value}"), AppNames.AssertRoute);

    [Fact]
    public async Task The_operators_functions_are_asked_with_a_key_that_is_on_no_command_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are for a shell.");

        await RunAsync(""". infra/runbook.sh && call poison/replay -d '{"all":true}'""");

        Assert.Contains("header x-functions-key: the-key", Calls());
        Assert.Equal(
            """curl -sS -H @- -H Content-Type: application/json -d {"all":true} https://func-1.azurewebsites.net/api/poison/replay""",
            Calls()[^1]);
    }

    [Fact]
    public async Task The_repositorys_commands_work_on_what_was_deployed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are for a shell.");

        await RunAsync(". infra/runbook.sh && LocalHost poison list");

        Assert.Contains("dotnet run --project src/Local/LocalHost -- poison list", Calls());
        Assert.Contains("ServiceBus__fullyQualifiedNamespace=the-AZURE_SERVICE_BUS_NAMESPACE", Calls());
        Assert.Contains("Manifests__blobServiceUri=the-AZURE_MANIFESTS_BLOB_ENDPOINT", Calls());
        Assert.Contains("Archive__blobServiceUri=the-AZURE_ARCHIVE_BLOB_ENDPOINT", Calls());
    }

    public void Dispose() => _home.Dispose();

    private Task<ToolResult> RunAsync(string command)
    {
        foreach (var program in (string[])["az", "azd", "curl", "dotnet"])
        {
            File.WriteAllText(_home.PathOf(program), Program + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_home.PathOf(program), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            }
        }

        return Tool.RunAsync("sh", ["-euc", command], environment: new Dictionary<string, string?>
        {
            ["FAKE_HOME"] = _home.Path,
            ["KEY"] = null,
            ["PATH"] = $"{_home.Path}:{Environment.GetEnvironmentVariable("PATH")}",
        });
    }

    private string[] Calls() => File.ReadAllLines(_home.PathOf("calls"));

    [GeneratedRegex(@"^(\d)\. ", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"\bcall ""?([a-z0-9/]+)")]
    private static partial Regex Call();

    [GeneratedRegex(@"logs '([^']+)'")]
    private static partial Regex Query();
}
