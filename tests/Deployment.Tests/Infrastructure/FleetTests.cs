using System.Globalization;
using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

/// <summary>DingTalk's rate, shared by instances that do not know of each other.</summary>
public sealed class FleetTests(Deployed deployed) : DeployedTest(deployed)
{
    [BicepTheory]
    [InlineData(40, 20, "0.50")]
    [InlineData(5, 20, "4.00")]
    [InlineData(40, 60, "1.50")]
    [InlineData(30, 20, "0.66")]
    [InlineData(1, 20, "20.00")]
    public void An_instances_share_follows_from_the_rate_and_the_number_of_instances(int instances, int callsPerSecond, string share)
    {
        var settings = AppUnderDeployedSettings.Settings(Deployed, ("maximumInstances", instances), ("callsPerSecond", callsPerSecond));

        Assert.Equal(share, settings["DingTalk__CallsPerSecond"]);
    }

    [BicepFact]
    public void All_instances_together_stay_at_DingTalks_rate_whatever_their_number()
        => Assert.All(Enumerable.Range(1, Most("maximumInstances")), instances =>
        {
            var share = Share(instances, 20);
            Assert.InRange(instances * share, 0.9 * 20, 20);
        });

    [BicepFact]
    public void A_full_instance_of_the_largest_fleet_gives_every_message_its_turn_while_its_lock_is_renewed()
    {
        var serviceBus = JsonNode.Parse(Repository.Read("host.json"))!["extensions"]!["serviceBus"]!;
        var calls = (double)serviceBus["maxConcurrentCalls"]!;
        var renewal = TimeSpan.Parse((string)serviceBus["maxAutoLockRenewalDuration"]!, CultureInfo.InvariantCulture);

        // Two calls to one API for a message at most.
        Assert.InRange(TimeSpan.FromSeconds(calls * 2 / Share(Most("maximumInstances"), 20)), TimeSpan.Zero, renewal / 2);
    }

    [BicepFact]
    public void Azure_is_given_the_same_number_of_instances()
    {
        var arguments = new JsonObject { ["maximumInstances"] = new JsonObject { ["value"] = 5 } };

        Assert.Equal("40", Instances(Deployed.Resources));
        Assert.Equal("5", Instances(Deployed.With(arguments)));
    }

    private static string? Instances(IEnumerable<DeployedResource> resources)
        => resources.Single(static r => r.Type == "Microsoft.Web/sites").Value("properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount");

    private int Most(string parameter) => (int)Deployed.Template["parameters"]![parameter]!["maxValue"]!;

    private double Share(int instances, int callsPerSecond)
        => double.Parse(
            AppUnderDeployedSettings.Settings(Deployed, ("maximumInstances", instances), ("callsPerSecond", callsPerSecond))["DingTalk__CallsPerSecond"],
            CultureInfo.InvariantCulture);
}
