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

    // azd looks for this name alone, and offers to write a workflow of its own beside any other.
    private const string Deployment = ".github/workflows/azure-dev.yml";

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_by_commit_and_say_which_version_that_is(string file)
    {
        var uses = Repository.Read(file).Split('\n').Where(static line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, static line => Assert.Matches(@"uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Fact]
    public void An_action_has_the_same_version_everywhere()
    {
        var versions = Workflows().SelectMany(static row => Regex.Matches(Repository.Read(row.Data), @"uses: ([\w./-]+)@(\w+)"))
            .GroupBy(static m => m.Groups[1].Value, static m => m.Groups[2].Value);

        Assert.All(versions, static action => Assert.Single(action.Distinct()));
    }

    // azd trusts `repo:OWNER/NAME:ref:refs/heads/BRANCH` and `:pull_request`; a job's environment takes the branch's place.
    [Fact]
    public void Deployment_is_known_to_Azure_by_its_branch()
    {
        var jobs = Yaml.Read(Deployment).At("jobs");

        Assert.NotEmpty(jobs.Keys());
        Assert.All(jobs.Keys(), job => Assert.Null(jobs!.At($"{job}.environment")));
    }

    [Fact]
    public void Deployment_asks_the_app_and_lists_what_it_is_made_of()
    {
        var steps = Yaml.Read(Deployment).At("jobs.deploy.steps").Items().ToList();
        var runs = steps.Select(static s => s.Text("run") ?? s.Text("uses")!.Split('@')[0]).ToList();
        int At(string words) => runs.FindIndex(r => r.Contains(words, StringComparison.Ordinal));

        Assert.InRange(At("azd provision --no-prompt"), 0, At("azd package api"));
        Assert.InRange(At("azd package api"), 0, At("anchore/sbom-action"));
        Assert.InRange(At("anchore/sbom-action"), 0, At("azd deploy api --from-package artifacts/api.zip"));
        Assert.InRange(At("azd deploy api"), 0, At("smoke-test.mjs"));
        Assert.Contains(steps, static s => s.Text("with.path") == "artifacts/sbom.spdx.json");
    }

    [Fact]
    public void Deployment_gives_parameters_the_defaults_that_they_have_elsewhere()
    {
        var env = Yaml.Read(Deployment).At("jobs.deploy.env")!;
        var defaults = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject()
            .Select(static p => ((string)p.Value!["value"]!)[2..^1].Split('=', 2))
            .Where(static p => p.Length == 2 && p[1].Length > 0);

        Assert.All(defaults, p => Assert.Equal($"${{{{ vars.{p[0]} || '{p[1]}' }}}}", env.Text(p[0])));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Node_is_the_documented_version(string file)
        => Assert.All(
            Regex.Matches(Repository.Read(file), @"node-version: (\S+)").Select(static m => m.Groups[1].Value),
            static version => Assert.Equal("22", version));

    [Fact]
    public void Deployment_signs_in_without_a_stored_password()
    {
        var text = Repository.Read(Deployment);

        Assert.Equal("write", Yaml.Read(Deployment).Text("permissions.id-token"));
        Assert.Contains("--federated-credential-provider github", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)client.?secret[^s]*secrets\\.AZURE|AZURE_CREDENTIALS", text);
    }

    [Fact]
    public void Deployment_gives_every_parameter_so_that_none_falls_back_to_its_default()
    {
        var deploy = Yaml.Read(Deployment);
        var given = deploy.At("jobs.deploy.env").Keys()
            .Concat(deploy.At("jobs.deploy.steps").Items().SelectMany(static s => s.At("env").Keys()));
        var parameters = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject()
            .Select(static p => ((string)p.Value!["value"]!)[2..^1].Split('=')[0]);

        Assert.Empty(parameters.Except(given));
    }

    [Fact]
    public void Deployment_gives_the_hooks_the_secrets_and_nothing_else_gets_them()
    {
        var steps = Yaml.Read(Deployment).At("jobs.deploy.steps").Items();
        var seeded = Regex.Matches(Repository.Read("infra/hooks/seed-secrets.sh"), @"seed \S+ ""\$\{(\w+):-\}""").Select(static m => m.Groups[1].Value);
        var withSecrets = steps.Where(static s => s.At("env").Keys().Any(static k => k.StartsWith("DINGTALK_", StringComparison.Ordinal))).ToList();
        string[] pushed = ["DINGTALK_APP_KEY", "DINGTALK_CALLBACK_TOKEN", "DINGTALK_ENCODING_AES_KEY", "DINGTALK_SUITE_KEY"];

        Assert.Equal(2, withSecrets.Count);
        Assert.Contains("azd provision --no-prompt", withSecrets[0].Text("run"), StringComparison.Ordinal);
        Assert.Equal(seeded.Concat(["ALERT_WEBHOOK", "MANIFEST_EVENTS_WEBHOOK"]).Order(), withSecrets[0].At("env").Keys().Order());
        Assert.Contains("smoke-test.mjs", withSecrets[1].Text("run"), StringComparison.Ordinal);
        Assert.Equal(pushed, withSecrets[1].At("env").Keys().Order());
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
        Assert.Empty(((string[])["nuget", "npm", "github-actions", "docker-compose", "devcontainers"]).Except(kinds!));

        var npm = dependabot.At("updates").Items().Single(static u => u.Text("package-ecosystem") == "npm").At("directories").Items().Select(static d => d.ToString());
        var locks = ((string[])["tests", "src"]).SelectMany(static f => Directory.EnumerateFiles(Repository.PathOf(f), "package-lock.json", SearchOption.AllDirectories))
            .Where(static f => !f.Contains("node_modules", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(static f => $"/{Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(f)!)}").ToList();
        Assert.Equal(locks.Order(), npm.Order());
        Assert.All(dependabot.At("updates").Items(), static u => Assert.IsType<YamlScalarNode>(u.At("schedule.interval")));
    }
}
