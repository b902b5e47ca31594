using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

/// <summary>What the few parameters change.</summary>
public sealed class SwitchTests(Deployed deployed) : DeployedTest(deployed)
{
    [BicepFact]
    public void With_the_network_storage_and_secrets_have_no_public_address()
    {
        var resources = With("vnetEnabled", true);
        string[] closed = ["Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults"];
        var services = resources.Where(r => closed.Contains(r.Type)).ToList();

        Assert.Equal(3, services.Count);
        Assert.All(services, static s => Assert.Equal("Disabled", s.Value("properties.publicNetworkAccess")));
        Assert.All(services, static s => Assert.Equal("Deny", s.Value("properties.networkAcls.defaultAction")));
    }

    [BicepFact]
    public void With_the_network_the_app_joins_the_subnet_that_is_delegated_to_it()
    {
        var resources = With("vnetEnabled", true);
        var network = resources.Single(static r => r.Type == "Microsoft.Network/virtualNetworks");
        var subnet = network.Node("properties.subnets")!.AsArray().Single(static s => s!.ToJsonString().Contains("Microsoft.App/environments", StringComparison.Ordinal));

        Assert.EndsWith($"/{(string)subnet!["name"]!}", resources.Single(static r => r.Type == "Microsoft.Web/sites").Value("properties.virtualNetworkSubnetId"), StringComparison.Ordinal);
    }

    [BicepFact]
    public void The_vault_lets_Azure_Resource_Manager_in_so_that_the_hook_can_write_secrets()
        => Assert.Equal(
            "AzureServices",
            With("vnetEnabled", true).Single(static r => r.Type == "Microsoft.KeyVault/vaults").Value("properties.networkAcls.bypass"));

    [BicepFact]
    public void A_retention_deletes_manifests_of_that_age()
    {
        var rules = With("manifestRetentionDays", 365)
            .Single(static r => r.Type == "Microsoft.Storage/storageAccounts/managementPolicies").Value("properties.policy.rules")!;

        Assert.Contains("\"daysAfterModificationGreaterThan\":365", rules, StringComparison.Ordinal);
        Assert.Contains("\"manifests/\"", rules, StringComparison.Ordinal);
    }

    [BicepFact]
    public void An_address_is_mailed()
        => Assert.Contains(
            "operators@example.com",
            With("alertEmail", "operators@example.com").Single(static r => r.Type == "Microsoft.Insights/actionGroups").Value("properties.emailReceivers"),
            StringComparison.Ordinal);

    [BicepTheory]
    [InlineData(6, "PT6H")]
    [InlineData(48, "P2D")]
    public void Hours_of_silence_turn_its_alert_on(int hours, string window)
    {
        var alert = With("noNotificationHours", hours).Single(static r => r.Name == "alert-no-notification");

        Assert.Equal("true", alert.Value("condition"));
        Assert.Equal(window, alert.Value("properties.windowSize"));
    }

    private IReadOnlyList<DeployedResource> With(string name, JsonNode value)
        => Deployed.With(new JsonObject { [name] = new JsonObject { ["value"] = value } });
}
