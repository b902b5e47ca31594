using System.Text.Json.Nodes;
using MeetingRecordings.Functions.Archive;
using Microsoft.Extensions.DependencyInjection;

namespace Deployment.Tests.Infrastructure;

/// <summary>What is made where files or transcripts are archived, and not otherwise.</summary>
public sealed class ArchiveTests(Deployed deployed) : DeployedTest(deployed)
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string Module = "archiveStorage";

    [BicepFact]
    public void Nothing_but_the_queue_is_made_and_set_while_nothing_is_archived()
    {
        Assert.All(Deployed.Resources.Where(static r => r.Scope.Name == Module), static r => Assert.False(r.IsDeployed));
        Assert.Equal(["RecordingQueue"], Names(AppUnderDeployedSettings.Settings(Deployed)));
    }

    [BicepTheory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Each_switch_turns_on_its_own_and_the_app_starts_with_it(bool files, bool transcripts)
    {
        (string, JsonNode)[] parameters = [("archiveRecordings", files), ("archiveTranscripts", transcripts)];

        Assert.Equal(
            ["Archive__Enabled", "Archive__Tier", "Archive__blobServiceUri", "Archive__clientId", "RecordingQueue", "Transcripts__Enabled"],
            Names(AppUnderDeployedSettings.Settings(Deployed, parameters)));
        using var provider = AppUnderDeployedSettings.Build(Deployed, parameters);
        Assert.Equal(new ArchiveSwitch(files, transcripts), provider.GetRequiredService<ArchiveSwitch>());
        Assert.All(
            Deployed.With(parameters).Where(static r => r.Name is "alert-archive-dead-letters" or "alert-archive-stalled"),
            static alert => Assert.True(alert.IsDeployed));
    }

    [BicepFact]
    public void It_is_reached_under_the_apps_identity_like_the_manifests()
    {
        var settings = AppUnderDeployedSettings.Settings(Deployed, ("archiveRecordings", true));

        Assert.Equal(settings["Manifests__clientId"], settings["Archive__clientId"]);
        Assert.NotEqual(settings["Manifests__blobServiceUri"], settings["Archive__blobServiceUri"]);
    }

    [BicepFact]
    public void Its_account_keeps_no_versions_and_what_was_deleted_for_a_week()
    {
        var blobs = Made("blobServices", []);

        Assert.Equal("false", blobs.Value("properties.isVersioningEnabled"));
        Assert.Equal("true", blobs.Value("properties.deleteRetentionPolicy.enabled"));
        Assert.Equal("7", blobs.Value("properties.deleteRetentionPolicy.days"));
        Assert.Equal("7", blobs.Value("properties.containerDeleteRetentionPolicy.days"));
    }

    [BicepFact]
    public void Its_container_is_the_apps_and_private()
    {
        var container = Made("blobServices/containers", []);

        Assert.EndsWith($"/{Container()}", container.Name, StringComparison.Ordinal);
        Assert.Equal("None", container.Value("properties.publicAccess"));
    }

    [BicepTheory]
    [InlineData(0, "false")]
    [InlineData(400, "true")]
    public void Its_files_are_deleted_after_the_days_that_somebody_names(int days, string isOn)
    {
        var policy = Made("managementPolicies", [("archiveDeleteAfterDays", days)]);
        var rule = Assert.Single(policy.Node("properties.policy.rules")!.AsArray())!;

        // Without a rule in the template, the one of an earlier deployment would stand.
        Assert.Equal(isOn, policy.Scope.Evaluate(rule["enabled"]));
        Assert.Equal(days > 0 ? "400" : "36500", policy.Scope.Evaluate(rule["definition"]!["actions"]!["baseBlob"]!["delete"]!["daysAfterModificationGreaterThan"]));
        Assert.Equal("recordings/", policy.Scope.Evaluate(policy.Scope.Resolve(rule["definition"]!["filters"])!["prefixMatch"]![0]));
    }

    [BicepFact]
    public void Its_files_can_be_made_unchangeable_and_are_not_by_themselves()
    {
        (string, JsonNode) archive = ("archiveRecordings", true);
        var policy = Policy(Deployed.With(archive, ("archiveImmutableDays", 30)));

        Assert.False(Policy(Deployed.With(archive)).IsDeployed);
        Assert.True(policy.IsDeployed);
        Assert.Equal("30", policy.Value("properties.immutabilityPeriodSinceCreationInDays"));
        Assert.Equal("false", policy.Value("properties.allowProtectedAppendWrites"));

        static DeployedResource Policy(IEnumerable<DeployedResource> resources)
            => resources.Single(static r => r.Type == $"{Account}/blobServices/containers/immutabilityPolicies");
    }

    [BicepTheory]
    [InlineData("default", "eastasia", "Standard_ZRS")]
    [InlineData("cold", "ukwest", "Standard_LRS")]
    [InlineData("archive", "eastasia", "Standard_LRS")]
    public void It_lies_in_several_zones_where_region_and_tier_allow_it(string tier, string region, string sku)
    {
        (string, JsonNode)[] parameters = [("archiveTier", tier), ("location", region)];

        Assert.Equal(sku, Made("", parameters).Value("sku.name"));
        Assert.Equal(tier, AppUnderDeployedSettings.Settings(Deployed, [.. parameters, ("archiveRecordings", true)])["Archive__Tier"]);
    }

    [BicepFact]
    public void Every_tier_that_can_be_named_is_one_of_the_apps()
        => Assert.All(Deployed.Template["parameters"]!["archiveTier"]!["allowedValues"]!.AsArray(), tier =>
        {
            using var provider = AppUnderDeployedSettings.Build(Deployed, ("archiveRecordings", true), ("archiveTier", (string)tier!));
            Assert.NotNull(provider);
        });

    [BicepFact]
    public void With_the_network_it_has_a_private_address_too()
    {
        (string, JsonNode)[] parameters = [("vnetEnabled", true), ("archiveRecordings", true)];
        var resources = Deployed.With(parameters);
        var endpoints = resources.First(static r => r.Type == "Microsoft.Network/privateEndpoints");

        Assert.Equal("Disabled", Made("", [("vnetEnabled", true)]).Value("properties.publicNetworkAccess"));
        Assert.Contains(Deployed.With(("vnetEnabled", true), ("archiveRecordings", true)), static r => r.Name == "strectoken");
        Assert.Equal(3, Accounts(endpoints));
        Assert.Equal(2, Accounts(Deployed.With(("vnetEnabled", true)).First(static r => r.Type == "Microsoft.Network/privateEndpoints")));

        static int Accounts(DeployedResource endpoint)
            => endpoint.Scope.Resolve("[parameters('storageAccountNames')]")!.AsArray().Count;
    }

    [BicepFact]
    public void A_lock_keeps_it_like_the_manifests()
        => Assert.True(Deployed.With(("archiveRecordings", true), ("deleteLock", true))
            .Single(static r => r.Scope.Name == Module && r.Type == "Microsoft.Authorization/locks").IsDeployed);

    [BicepFact]
    public void Who_deletes_a_file_is_logged()
        => Assert.Contains(
            "StorageDelete",
            Deployed.With(("archiveRecordings", true)).Single(static r => r.Scope.Name == Module && r.Type == "Microsoft.Insights/diagnosticSettings")
                .Value("properties.logs"),
            StringComparison.Ordinal);

    // The name is a constant of the app's own.
    private static string Container()
        => (string)typeof(ArchiveSwitch).Assembly.GetType("MeetingRecordings.Functions.Settings.ArchiveSettings")!
            .GetField("Container")!.GetRawConstantValue()!;

    private static IEnumerable<string> Names(Dictionary<string, string> settings)
        => settings.Keys.Where(static name => name.Contains("Archive", StringComparison.Ordinal)
            || name.Contains("Transcripts", StringComparison.Ordinal) || name == "RecordingQueue").Order(StringComparer.Ordinal);

    private DeployedResource Made(string type, (string Name, JsonNode Value)[] parameters)
    {
        var resource = Deployed.With([.. parameters, ("archiveRecordings", true)])
            .Single(r => r.Scope.Name == Module && r.Type == $"{Account}/{type}".TrimEnd('/'));
        Assert.True(resource.IsDeployed);
        return resource;
    }
}
