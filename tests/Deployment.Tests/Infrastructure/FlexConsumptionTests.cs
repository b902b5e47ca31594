using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

/// <summary>What Azure refuses of an app on Flex Consumption, at the latest in some region (error 51021).</summary>
public sealed class FlexConsumptionTests(Deployed deployed) : DeployedTest(deployed)
{
    /// <summary>
    /// From refusals that were published word by word, and from Microsoft's table of properties that the plan has no use for
    /// ("App settings reference for Azure Functions", "Flex Consumption plan deprecations").
    /// </summary>
    private static readonly string[] RefusedProperties =
    [
        "alwaysOn", "containerSize", "dailyMemoryTimeQuota", "elasticWebAppScaleLimit", "ftpsState", "functionAppScaleLimit",
        "functionsRuntimeScaleMonitoringEnabled", "isReserved", "isXenon", "javaContainer", "javaContainerVersion", "javaVersion", "linuxFxVersion",
        "minimumElasticInstanceCount", "netFrameworkVersion", "nodeVersion", "numberOfWorkers", "phpVersion", "powerShellVersion",
        "preWarmedInstanceCount", "pythonVersion", "reserved", "use32BitWorkerProcess", "vnetBackupRestoreEnabled", "vnetContentShareEnabled",
        "vnetImagePullEnabled", "vnetPrivatePortsCount", "vnetRouteAllEnabled", "windowsFxVersion",
    ];

    private static readonly string[] RefusedSettings =
    [
        "AzureWebJobsStorage", "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY",
        "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED", "FUNCTIONS_WORKER_PROCESS_COUNT", "FUNCTIONS_WORKER_RUNTIME",
        "FUNCTIONS_WORKER_RUNTIME_VERSION", "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
        "WEBSITE_CONTENTOVERVNET", "WEBSITE_CONTENTSHARE", "WEBSITE_DNS_SERVER", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
        "WEBSITE_NODE_DEFAULT_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_SKIP_CONTENTSHARE_VALIDATION", "WEBSITE_TIME_ZONE",
        "WEBSITE_VNET_ROUTE_ALL",
    ];

    // What public providers send for an app on this plan.
    private static readonly string[] TakenInSiteConfig = ["appSettings", "http20Enabled", "minTlsVersion", "scmMinTlsVersion"];

    [BicepFact]
    public void No_property_that_is_refused_is_set_on_the_app_or_below_it()
    {
        var app = Deployed.Resources.Where(static r => r.Type is "Microsoft.Web/sites" or "Microsoft.Web/sites/config").ToList();

        Assert.NotEmpty(app);
        Assert.All(app, static r => Assert.Empty(PropertyNames(r.Node("properties")).Intersect(RefusedProperties, StringComparer.OrdinalIgnoreCase)));
    }

    [BicepFact]
    public void No_property_is_set_in_the_sites_configuration_that_is_not_known_to_be_taken()
        => Assert.Empty(Deployed.OfType("Microsoft.Web/sites").Single().Node("properties.siteConfig")!.AsObject().Select(static p => p.Key).Except(TakenInSiteConfig));

    [BicepFact]
    public void No_setting_is_set_that_is_refused()
        => Assert.Empty(AppUnderDeployedSettings.Settings(Deployed).Keys.Intersect(RefusedSettings, StringComparer.OrdinalIgnoreCase));

    [BicepFact]
    public void There_is_no_network_configuration_beside_the_subnet_of_the_app()
        => Assert.DoesNotContain(Deployed.Resources, static r => r.Type == "Microsoft.Web/sites/networkConfig");

    // The values of settings are not properties.
    private static IEnumerable<string> PropertyNames(JsonNode? node) => node is JsonObject json
        ? json.SelectMany(static p => PropertyNames(p.Value).Prepend(p.Key))
        : [];
}
