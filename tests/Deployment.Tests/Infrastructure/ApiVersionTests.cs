namespace Deployment.Tests.Infrastructure;

/// <summary>Versions that Azure documents and serves everywhere: about a year old. Bicep knows newer ones before Azure serves them.</summary>
public sealed class ApiVersionTests(Deployed deployed) : DeployedTest(deployed)
{
    private const string Newest = "2025-12-31";

    [BicepFact]
    public void No_version_is_a_preview_or_newer_than_what_Azure_serves_everywhere()
        => Assert.All(
            Versions().Where(static v => v.Type is not ("Microsoft.KeyVault/vaults" or "Microsoft.Insights/diagnosticSettings")),
            static v => Assert.True(!v.Version.Contains("preview", StringComparison.Ordinal) && string.CompareOrdinal(v.Version, Newest) < 0, v.ToString()));

    [BicepFact]
    public void Only_what_has_no_released_version_with_log_categories_is_a_preview()
        => Assert.Equal(["2021-05-01-preview"], Versions().Where(static v => v.Type == "Microsoft.Insights/diagnosticSettings").Select(static v => v.Version));

    [BicepFact]
    public void The_vaults_version_outlives_those_that_are_retired_in_2027()
        => Assert.Equal(["2026-02-01"], Versions().Where(static v => v.Type == "Microsoft.KeyVault/vaults").Select(static v => v.Version));

    private IEnumerable<(string Type, string Version)> Versions()
        => Deployed.Resources.Select(static r => (r.Type, (string)r.Json["apiVersion"]!)).Distinct();
}
