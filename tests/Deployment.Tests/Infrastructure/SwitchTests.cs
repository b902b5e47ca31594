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

        Assert.Equal(4, services.Count);
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
            .Where(static r => r.Type == "Microsoft.Storage/storageAccounts/managementPolicies")
            .Select(static r => r.Value("properties.policy.rules")!)
            .Single(static rules => rules.Contains("\"manifests/\"", StringComparison.Ordinal));

        Assert.Contains("\"daysAfterModificationGreaterThan\":365", rules, StringComparison.Ordinal);
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

        Assert.True(alert.IsDeployed);
        Assert.Equal(window, alert.Value("properties.windowSize"));
    }

    [BicepFact]
    public void A_webhook_is_told_beside_the_mail()
        => Assert.Contains(
            "https://example.test/hook",
            With("alertWebhook", "https://example.test/hook").Single(static r => r.Type == "Microsoft.Insights/actionGroups").Value("properties.webhookReceivers"),
            StringComparison.Ordinal);

    [BicepTheory]
    [InlineData("sweepEnabled", "alert-sweep-stopped")]
    [InlineData("deleteLock", "manifests")]
    public void What_is_off_is_made_where_it_is_wanted(string parameter, string name)
    {
        Assert.False(Deployed.Resources.Single(r => r.Name == name && r.Type != "Microsoft.Storage/storageAccounts/blobServices/containers").IsDeployed);
        Assert.True(With(parameter, true).Single(r => r.Name == name && r.Type != "Microsoft.Storage/storageAccounts/blobServices/containers").IsDeployed);
    }

    [BicepFact]
    public void Without_the_availability_test_neither_it_nor_its_alert_is_made()
    {
        string[] both = ["alert-health", "alert-no-answer"];

        Assert.All(Deployed.Resources.Where(r => both.Contains(r.Name)), static r => Assert.True(r.IsDeployed));
        Assert.All(With("availabilityTest", false).Where(r => both.Contains(r.Name)), static r => Assert.False(r.IsDeployed));
    }

    [BicepFact]
    public void A_budget_is_made_where_its_amount_and_its_beginning_are_given()
    {
        var budget = new Func<JsonObject, DeployedResource>(a => Deployed.With(a).Single(static r => r.Type == "Microsoft.Consumption/budgets"));
        static JsonObject Value(JsonNode value) => new() { ["value"] = value };

        Assert.False(budget([]).IsDeployed);
        Assert.False(budget(new JsonObject { ["monthlyBudget"] = Value(100) }).IsDeployed);
        var made = budget(new JsonObject { ["monthlyBudget"] = Value(100), ["budgetStart"] = Value("2026-12-01") });
        Assert.True(made.IsDeployed);
        Assert.Equal("100", made.Value("properties.amount"));
        Assert.Equal("2026-12-01", made.Value("properties.timePeriod.startDate"));
    }

    [BicepFact]
    public void A_number_of_calls_a_month_is_the_apps_budget_and_0_is_none()
    {
        Assert.Equal("4500", AppUnderDeployedSettings.Settings(Deployed, ("callsPerMonth", 4500))["DingTalk__CallsPerMonth"]);
        Assert.DoesNotContain("DingTalk__CallsPerMonth", AppUnderDeployedSettings.Settings(Deployed).Keys);
    }

    [BicepTheory]
    [InlineData("manifestEventsWebhook", "https://example.com/hook?key=1", "WebHook", "endpointUrl")]
    [InlineData("manifestEventsQueueId", "/subscriptions/1/resourceGroups/r/providers/Microsoft.ServiceBus/namespaces/n/queues/q", "ServiceBusQueue", "resourceId")]
    public void Event_Grid_tells_of_manifests_where_somebody_wants_to_know(string parameter, string value, string kind, string field)
    {
        var made = With(parameter, value).Where(static r => r.IsDeployed).ToList();
        var topic = made.Single(static r => r.Type == "Microsoft.EventGrid/systemTopics");
        var subscription = made.Single(static r => r.Type == "Microsoft.EventGrid/systemTopics/eventSubscriptions");

        Assert.Equal("Microsoft.Storage.StorageAccounts", topic.Value("properties.topicType"));
        Assert.Equal(kind, subscription.Value("properties.destination.endpointType"));
        Assert.Equal(value, subscription.Value($"properties.destination.properties.{field}"));
        var filter = subscription.Scope.Resolve(subscription.Node("properties.filter"))!;
        Assert.Equal("/blobServices/default/containers/manifests/blobs/", subscription.Scope.Evaluate(filter["subjectBeginsWith"]));
        Assert.Equal("CloudEventSchemaV1_0", subscription.Value("properties.eventDeliverySchema"));
    }

    [BicepFact]
    public void Without_a_wish_Event_Grid_is_not_there()
        => Assert.DoesNotContain(Deployed.Resources, static r => r.IsDeployed && r.Type.StartsWith("Microsoft.EventGrid", StringComparison.Ordinal));

    [BicepTheory]
    [InlineData("eastasia", "Standard_ZRS")]
    [InlineData("ukwest", "Standard_LRS")]
    public void Manifests_are_replicated_over_zones_where_the_region_has_them(string region, string sku)
        => Assert.Equal(sku, With("location", region).Single(static r => r.Name == "stdatatoken" && r.Type == "Microsoft.Storage/storageAccounts").Value("sku.name"));

    [BicepFact]
    public void A_nat_gateway_gives_the_apps_subnet_one_address()
    {
        var resources = Deployed.With(new JsonObject
        {
            ["vnetEnabled"] = new JsonObject { ["value"] = true },
            ["natGateway"] = new JsonObject { ["value"] = true },
        });
        var network = resources.Single(static r => r.Type == "Microsoft.Network/virtualNetworks");
        var app = network.Node("properties.subnets")!.AsArray().Single(static s => (string?)s!["name"] == "app")!;

        Assert.True(resources.Single(static r => r.Type == "Microsoft.Network/natGateways").IsDeployed);
        Assert.Contains("natGateways", network.Scope.Evaluate(app["properties"]!["natGateway"]), StringComparison.Ordinal);
        Assert.All(Deployed.OfType("Microsoft.Network/natGateways"), static g => Assert.False(g.IsDeployed));
    }

    [BicepTheory]
    [InlineData("http://api.dingtalk.com/", "https://api.dingtalk.com/")]
    [InlineData("https://api.dingtalk.io/", "https://api.dingtalk.io/")]
    public void The_app_secret_is_never_sent_in_clear(string given, string set)
        => Assert.Equal(set, AppUnderDeployedSettings.Settings(Deployed, ("dingTalkBaseAddress", given))["DingTalk__BaseAddress"]);

    private IReadOnlyList<DeployedResource> With(string name, JsonNode value)
        => Deployed.With(new JsonObject { [name] = new JsonObject { ["value"] = value } });
}
