namespace Deployment.Tests.Infrastructure;

public sealed class HardeningTests(Deployed deployed) : DeployedTest(deployed)
{
    [BicepFact]
    public void No_key_is_asked_for_and_no_connection_string_holds_one()
    {
        var text = Deployed.Template.ToJsonString();

        Assert.DoesNotMatch("(?i)listkeys|listAccountKeys|AccountKey=|SharedAccessKey|DefaultEndpointsProtocol|authorizationRules|listSecrets", text);
    }

    [BicepFact]
    public void Keys_are_off_wherever_Azure_would_take_one()
    {
        Assert.All(Deployed.OfType("Microsoft.Storage/storageAccounts"), static account =>
        {
            Assert.Equal("false", account.Value("properties.allowSharedKeyAccess"));
            Assert.Equal("false", account.Value("properties.allowBlobPublicAccess"));
            Assert.Equal("TLS1_2", account.Value("properties.minimumTlsVersion"));
            Assert.Equal("true", account.Value("properties.supportsHttpsTrafficOnly"));
        });
        Assert.Equal(3, Deployed.OfType("Microsoft.Storage/storageAccounts").Count());
        Assert.Equal("true", Only("Microsoft.ServiceBus/namespaces").Value("properties.disableLocalAuth"));
        Assert.Equal("1.2", Only("Microsoft.ServiceBus/namespaces").Value("properties.minimumTlsVersion"));
        Assert.Equal("true", Only("Microsoft.Insights/components").Value("properties.DisableLocalAuth"));
        Assert.Equal("true", Only("Microsoft.OperationalInsights/workspaces").Value("properties.features.disableLocalAuth"));
        Assert.All(Deployed.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies"), static p => Assert.Equal("false", p.Value("properties.allow")));
        Assert.Equal(2, Deployed.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count());
    }

    [BicepFact]
    public void The_vault_answers_to_roles_and_cannot_be_purged()
    {
        var vault = Only("Microsoft.KeyVault/vaults");

        Assert.Equal("true", vault.Value("properties.enableRbacAuthorization"));
        Assert.Equal("true", vault.Value("properties.enablePurgeProtection"));
        Assert.Equal("true", vault.Value("properties.enableSoftDelete"));
    }

    [BicepFact]
    public void A_manifest_that_was_overwritten_or_deleted_can_be_had_back()
    {
        var blobs = Deployed.OfType("Microsoft.Storage/storageAccounts/blobServices").Single(static b => b.Scope.Name == "manifestStorage");

        Assert.Equal("true", blobs.Value("properties.isVersioningEnabled"));
        Assert.Equal("true", blobs.Value("properties.deleteRetentionPolicy.enabled"));
        Assert.Equal("true", blobs.Value("properties.containerDeleteRetentionPolicy.enabled"));
    }

    [BicepFact]
    public void No_manifest_is_deleted_unless_somebody_says_so()
    {
        var rules = Deployed.OfType("Microsoft.Storage/storageAccounts/managementPolicies")
            .Single(static p => p.Scope.Name == "manifestStorage").Value("properties.policy.rules")!;

        Assert.Contains("\"version\"", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("baseBlob", rules, StringComparison.Ordinal);
    }

    [BicepFact]
    public void The_app_is_reached_over_https_alone()
    {
        var app = Only("Microsoft.Web/sites");

        Assert.Equal("true", app.Value("properties.httpsOnly"));
        Assert.Equal("1.2", app.Value("properties.siteConfig.minTlsVersion"));
    }

    [BicepFact]
    public void Who_reads_a_secret_and_who_deletes_a_manifest_is_logged()
    {
        var logged = Deployed.OfType("Microsoft.Insights/diagnosticSettings").ToList();

        Assert.Contains(logged, static l => l.Scope.Name == "keyVault" && l.Value("properties.logs")!.Contains("audit", StringComparison.Ordinal));
        Assert.Contains(logged, static l => l.Scope.Name == "manifestStorage" && l.Value("properties.logs")!.Contains("StorageDelete", StringComparison.Ordinal));
        Assert.Contains(logged, static l => l.Scope.Name == "serviceBus" && l.Value("properties.logs")!.Contains("OperationalLogs", StringComparison.Ordinal));
    }

    [BicepFact]
    public void Without_the_switch_there_is_no_network()
    {
        var resources = Deployed.Template["resources"]!.AsObject();

        Assert.Equal("[parameters('vnetEnabled')]", (string?)resources["network"]!["condition"]);
        Assert.Equal("[parameters('vnetEnabled')]", (string?)resources["privateEndpoints"]!["condition"]);
        Assert.All(Deployed.OfType("Microsoft.Storage/storageAccounts"), static a => Assert.Equal("Enabled", a.Value("properties.publicNetworkAccess")));
        Assert.Null(Only("Microsoft.Web/sites").Value("properties.virtualNetworkSubnetId"));
    }

    private DeployedResource Only(string type) => Deployed.OfType(type).Single();
}
