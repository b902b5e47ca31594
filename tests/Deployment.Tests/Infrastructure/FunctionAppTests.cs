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
        Assert.Equal(1, (int?)ready[0]!["instanceCount"]);
    }

    [BicepFact]
    public void A_full_instance_gives_every_message_its_turn_within_the_time_that_the_host_renews_locks()
    {
        var serviceBus = JsonNode.Parse(Repository.Read("host.json"))!["extensions"]!["serviceBus"]!;
        var calls = (double)serviceBus["maxConcurrentCalls"]!;
        var renewal = TimeSpan.Parse((string)serviceBus["maxAutoLockRenewalDuration"]!, System.Globalization.CultureInfo.InvariantCulture);
        var perSecond = double.Parse(AppUnderDeployedSettings.Settings(Deployed)["DingTalk__CallsPerSecond"], System.Globalization.CultureInfo.InvariantCulture);

        // Two calls to one API for a message at most.
        Assert.InRange(TimeSpan.FromSeconds(calls * 2 / perSecond), TimeSpan.Zero, renewal / 2);
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
