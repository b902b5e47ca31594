using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Deployment.Tests.Files;

public sealed class WorkflowTests
{
    public static TheoryData<string> Workflows()
        => [.. Directory.EnumerateFiles(Repository.PathOf(".github/workflows"), "*.yml").Select(static f => Path.GetRelativePath(Repository.Root, f))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_has_triggers_rights_time_limits_and_steps(string file)
    {
        var workflow = Yaml.Read(file);

        Assert.NotNull(workflow.At("on"));
        Assert.Equal("read", workflow.Text("permissions.contents"));
        Assert.NotEmpty(workflow.At("jobs").Keys());
        Assert.All(workflow.At("jobs").Keys(), job =>
        {
            Assert.NotNull(workflow.Text($"jobs.{job}.runs-on"));
            Assert.NotNull(workflow.Text($"jobs.{job}.timeout-minutes"));
            Assert.All(workflow.At($"jobs.{job}.steps").Items(), static step => Assert.True(step.At("uses") is null != step.At("run") is null));
        });
    }

    [Fact]
    public void Deployment_signs_in_without_a_stored_password()
    {
        var text = Repository.Read(".github/workflows/deploy.yml");

        Assert.Equal("write", Yaml.Read(".github/workflows/deploy.yml").Text("permissions.id-token"));
        Assert.Contains("--federated-credential-provider github", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)client.?secret[^s]*secrets\\.AZURE|AZURE_CREDENTIALS", text);
    }

    [Fact]
    public void Deployment_gives_every_parameter_so_that_none_falls_back_to_its_default()
    {
        var deploy = Yaml.Read(".github/workflows/deploy.yml");
        var given = deploy.At("jobs.deploy.env").Keys()
            .Concat(deploy.At("jobs.deploy.steps").Items().SelectMany(static s => s.At("env").Keys()));
        var parameters = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject()
            .Select(static p => ((string)p.Value!["value"]!)[2..^1].Split('=')[0]);

        Assert.Empty(parameters.Except(given));
    }

    [Fact]
    public void Deployment_gives_the_hooks_the_secrets_and_nothing_else_gets_them()
    {
        var steps = Yaml.Read(".github/workflows/deploy.yml").At("jobs.deploy.steps").Items();
        var seeded = Regex.Matches(Repository.Read("infra/hooks/seed-secrets.sh"), @"seed \S+ ""\$\{(\w+):-\}""").Select(static m => m.Groups[1].Value);
        var withSecrets = steps.Where(static s => s.At("env").Keys().Any(static k => k.StartsWith("DINGTALK_", StringComparison.Ordinal))).ToList();

        Assert.Contains("azd up --no-prompt", Assert.Single(withSecrets).Text("run"), StringComparison.Ordinal);
        Assert.Equal(
            seeded.Order(),
            withSecrets[0].At("env").Keys().Where(k => withSecrets[0].Text($"env.{k}")!.Contains("secrets.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Tests_run_as_they_do_before_a_change_lands()
        => Assert.Contains(
            Yaml.Read(".github/workflows/ci.yml").At("jobs.test.steps").Items(),
            static s => s.Text("run") == "bash .ci/run");

    [Fact]
    public void Dependabot_looks_after_every_kind_of_dependency()
    {
        var dependabot = Yaml.Read(".github/dependabot.yml");

        Assert.Equal("2", dependabot.Text("version"));
        var kinds = dependabot.At("updates").Items().Select(static u => u.Text("package-ecosystem")).ToList();
        Assert.Empty(((string[])["nuget", "github-actions", "docker-compose", "devcontainers"]).Except(kinds!));
        Assert.All(dependabot.At("updates").Items(), static u => Assert.IsType<YamlScalarNode>(u.At("schedule.interval")));
    }
}
