using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

public sealed class FunctionAppTests(Deployed deployed) : DeployedTest(deployed)
{
    private DeployedResource App => Deployed.OfType("Microsoft.Web/sites").Single();

    [BicepFact]
    public void It_runs_the_isolated_worker_on_Flex_Consumption()
    {
        Assert.Equal("dotnet-isolated", App.Value("properties.functionAppConfig.runtime.name"));
        Assert.Equal("10.0", App.Value("properties.functionAppConfig.runtime.version"));
        Assert.Equal("FC1", Deployed.OfType("Microsoft.Web/serverfarms").Single().Value("sku.name"));
    }

    [BicepFact]
    public void One_instance_always_waits_for_pushes()
    {
        var ready = App.Node("properties.functionAppConfig.scaleAndConcurrency.alwaysReady")!.AsArray();

        Assert.Equal("http", (string?)Assert.Single(ready)!["name"]);
        Assert.Equal("1", App.Scope.Evaluate(ready[0]!["instanceCount"]));
    }

    [BicepTheory]
    [InlineData("Recreate", false)]
    [InlineData("RollingUpdate", true)]
    public void Instances_are_replaced_in_batches_where_that_is_wanted(string strategy, bool inBatches)
    {
        var arguments = new JsonObject { ["updateStrategy"] = new JsonObject { ["value"] = strategy } };
        var app = Deployed.With(arguments).Single(static r => r.Type == "Microsoft.Web/sites");

        var given = app.Scope.Resolve(app.Node("properties.functionAppConfig.siteUpdateStrategy")) as JsonObject;

        Assert.Equal(inBatches ? strategy : null, app.Scope.Evaluate(given?["type"]));
    }

    [BicepFact]
    public void Operators_sign_in_only_where_a_registration_is_named_and_pushes_never_do()
    {
        var arguments = new JsonObject { ["operatorClientId"] = new JsonObject { ["value"] = "app-1" } };
        var signIn = Deployed.With(arguments).Single(static r => r.Type == "Microsoft.Web/sites/config");
        var routes = typeof(MeetingRecordings.Functions.DingTalkEvents).Assembly.GetTypes()
            .SelectMany(static t => t.GetMethods()).SelectMany(static m => m.GetParameters())
            .SelectMany(static p => p.GetCustomAttributes(false).OfType<Microsoft.Azure.Functions.Worker.HttpTriggerAttribute>())
            .Select(static t => $"/api/{t.Route}")
            .ToHashSet();
        var excluded = signIn.Node("properties.globalValidation.excludedPaths")!.AsArray().Select(static p => (string)p!).ToList();

        Assert.False(Deployed.OfType("Microsoft.Web/sites/config").Single().IsDeployed);
        Assert.True(signIn.IsDeployed);
        Assert.Contains("/api/dingtalk/events", excluded);
        Assert.Empty(excluded.Where(static p => p.StartsWith("/api/", StringComparison.Ordinal)).Except(routes));
        Assert.DoesNotContain(excluded, static p => p.Contains("poison", StringComparison.Ordinal) || p.Contains("manifests", StringComparison.Ordinal));
    }

    [BicepFact]
    public void Its_package_is_read_under_its_identity()
    {
        Assert.Equal("UserAssignedIdentity", App.Value("properties.functionAppConfig.deployment.storage.authentication.type"));
        Assert.EndsWith("app-package", App.Value("properties.functionAppConfig.deployment.storage.value"), StringComparison.Ordinal);
        Assert.Contains(Deployed.OfType("Microsoft.Storage/storageAccounts/blobServices/containers"), static c => c.Name.EndsWith("/app-package", StringComparison.Ordinal));
    }

    [BicepFact]
    public void Azd_finds_it_by_the_services_name()
    {
        Assert.Contains("\"azd-service-name\":\"api\"", App.Value("tags"), StringComparison.Ordinal);
        Assert.Contains("azd-env-name", App.Value("tags"), StringComparison.Ordinal);
    }
}
