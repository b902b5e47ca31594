using YamlDotNet.RepresentationModel;

namespace Deployment.Tests.Files;

/// <summary>
/// The rules of azd's published schema that concern this file: azure-dev, <c>schemas/v1.0/azure.yaml.json</c>.
/// </summary>
public sealed class AzureYamlTests
{
    private static readonly YamlMappingNode Azure = Yaml.Read("azure.yaml");

    [Fact]
    public void It_names_the_schema_for_editors()
        => Assert.StartsWith("# yaml-language-server: $schema=https://", Repository.Read("azure.yaml"), StringComparison.Ordinal);

    [Fact]
    public void Its_name_is_required_and_of_lower_case_letters_digits_and_hyphens()
        => Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Azure.Text("name")!);

    [Fact]
    public void It_has_only_keys_that_the_schema_knows()
    {
        string[] known =
        [
            "name", "resourceGroup", "metadata", "infra", "services", "resources", "pipeline", "hooks", "requiredVersions", "state",
            "platform", "workflows", "cloud",
        ];

        Assert.Empty(Azure.Keys().Except(known));
        Assert.Empty(Azure.At("infra").Keys().Except(["provider", "path", "module", "layers"]));
    }

    [Fact]
    public void The_infrastructure_that_it_names_is_there()
    {
        Assert.Equal("bicep", Azure.Text("infra.provider"));
        Assert.True(File.Exists(Repository.PathOf($"{Azure.Text("infra.path")}/{Azure.Text("infra.module")}.bicep")));
        Assert.True(File.Exists(Repository.PathOf($"{Azure.Text("infra.path")}/{Azure.Text("infra.module")}.parameters.json")));
    }

    [Fact]
    public void The_service_is_a_function_app_of_a_project_that_is_there()
    {
        Assert.Equal(["api"], Azure.At("services").Keys());
        Assert.Equal("function", Azure.Text("services.api.host"));
        Assert.Equal("dotnet", Azure.Text("services.api.language"));
        Assert.Single(Directory.EnumerateFiles(Repository.PathOf(Azure.Text("services.api.project")!), "*.csproj"));

        // The schema refuses these for a function app.
        Assert.Empty(Azure.At("services.api").Keys().Intersect(["image", "docker", "k8s", "apiVersion", "env"]));
    }

    [Fact]
    public void Hooks_have_events_that_azd_raises_and_scripts_for_both_shells()
    {
        string[] events = [.. ((string[])["provision", "infracreate", "infradelete", "up", "down", "package", "deploy", "restore", "build", "publish"])
            .SelectMany(static e => (string[])[$"pre{e}", $"post{e}"])];

        Assert.Equal(["preprovision", "postprovision", "postdeploy"], Azure.At("hooks").Keys());
        Assert.Empty(Azure.At("hooks").Keys().Except(events));
        Assert.All(Azure.At("hooks").Keys(), static hook =>
        {
            Assert.Equal(["posix", "windows"], Azure.At($"hooks.{hook}").Keys().Order());
            AssertScript(hook, "posix", "sh");
            AssertScript(hook, "windows", "pwsh");
        });
    }

    [Fact]
    public void Hooks_that_ask_or_show_what_must_be_seen_are_interactive_for_azd_hides_the_output_of_others()
        => Assert.All((string[])["posix", "windows"], static system => Assert.Equal(
            ["postprovision", "postdeploy"],
            Azure.At("hooks").Keys().Where(h => Azure.Text($"hooks.{h}.{system}.interactive") == "true")));

    // Before 1.22 azd left hooks out where no environment existed yet.
    [Fact]
    public void Azd_is_recent_enough_to_run_the_hooks_of_a_first_deployment()
        => Assert.True(Version.Parse(Azure.Text("requiredVersions.azd")!.Replace(">= ", "", StringComparison.Ordinal)) >= new Version(1, 22, 0));

    [Fact]
    public void The_pipeline_is_given_every_parameter_and_every_secret_that_the_workflow_reads()
    {
        var workflow = Repository.Read(".github/workflows/azure-dev.yml");
        string[] givenByAzd = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID", "AZURE_ENV_NAME", "AZURE_LOCATION"];

        Assert.Equal("github", Azure.Text("pipeline.provider"));
        Assert.Equal(Read(workflow, "vars").Except(givenByAzd).Order(), Given("pipeline.variables").Order());
        Assert.Equal(Read(workflow, "secrets").Order(), Given("pipeline.secrets").Order());
        Assert.Empty(givenByAzd.Except(Read(workflow, "vars")));
    }

    private static IEnumerable<string> Given(string path) => Azure.At(path).Items().Select(static i => i.ToString());

    private static IEnumerable<string> Read(string workflow, string context)
        => System.Text.RegularExpressions.Regex.Matches(workflow, $@"\b{context}\.(\w+)").Select(static m => m.Groups[1].Value).Distinct();

    private static void AssertScript(string hook, string system, string shell)
    {
        var block = Azure.At($"hooks.{hook}.{system}");
        Assert.Empty(block.Keys().Except(["shell", "kind", "run", "dir", "interactive", "continueOnError", "secrets"]));
        Assert.Equal(shell, block!.Text("shell"));
        Assert.True(File.Exists(Repository.PathOf(block!.Text("run")!)));
        Assert.EndsWith(shell == "sh" ? ".sh" : ".ps1", block!.Text("run"), StringComparison.Ordinal);
    }
}
