using MeetingRecordings.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Deployment.Tests.Infrastructure;

public sealed class SettingsTests(Deployed deployed) : DeployedTest(deployed)
{
    // Read by the Functions host, by the limiter of calls, or by the telemetry's exporters rather than as the app is registered.
    private static readonly string[] ReadByOthers =
    [
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ServiceBus__credential",
        "SweepSchedule",
        "DingTalk__CallsPerSecond",
    ];

    [BicepFact]
    public void The_app_accepts_the_settings_that_it_is_deployed_with()
    {
        var exception = Record.Exception(() => AppUnderDeployedSettings.Build(Deployed).Dispose());

        Assert.Null(exception);
    }

    [BicepFact]
    public void Every_setting_that_the_app_requires_is_set_and_needed()
    {
        var complete = AppUnderDeployedSettings.Resolved(Deployed);

        // Those without which the app does not start: each taken away in turn.
        var required = complete.Keys.Where(name => !Starts(complete.Where(s => s.Key != name))).Order();

        Assert.Equal(
            [
                "ConferenceQueue", "DingTalk__AppKey", "DingTalk__AppSecret", "DingTalk__CallbackToken", "DingTalk__EncodingAesKey",
                "Manifests__blobServiceUri", "ServiceBus__fullyQualifiedNamespace",
            ],
            required);
    }

    [BicepTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_setting_is_set_that_nobody_reads(bool archives)
    {
        var set = AppUnderDeployedSettings.Resolved(Deployed, ("archiveRecordings", archives));
        var read = AppUnderDeployedSettings.NamesRead(set);

        Assert.Empty(set.Keys.Except(read).Except(ReadByOthers));
    }

    [BicepTheory]
    [InlineData("internal", false, "DingTalk__AppKey", "DingTalk__AppSecret", "DingTalk__CallbackToken", "DingTalk__EncodingAesKey")]
    [InlineData("thirdParty", false, "DingTalk__CallbackToken", "DingTalk__EncodingAesKey", "DingTalk__SuiteKey", "DingTalk__SuiteSecret")]
    [InlineData("internal", true, "DingTalk__AppKey", "DingTalk__AppSecret", "DingTalk__CallbackToken", "DingTalk__EncodingAesKey", "MeetingsEnded__WebhookSecret")]
    public void The_secrets_are_references_to_the_vault_and_the_hooks_write_the_same_ones(string kind, bool areSigned, params string[] expected)
    {
        var references = AppUnderDeployedSettings.Settings(Deployed, ("dingTalkAppKind", kind), ("signedNotifications", areSigned))
            .Where(static s => AppUnderDeployedSettings.IsSecret(s.Value))
            .ToDictionary(static s => s.Key, static s => s.Value.TrimEnd(')').Split("secrets/")[1]);

        Assert.Equal(expected, references.Keys.Order());
        Assert.Equal(expected.Length, references.Values.Distinct().Count());
        Assert.All(references.Values, static name =>
        {
            Assert.Contains($"seed {name} ", Repository.Read("infra/hooks/seed-secrets.sh"), StringComparison.Ordinal);
            Assert.Contains($"'{name}'", Repository.Read("infra/hooks/seed-secrets.ps1"), StringComparison.Ordinal);
        });
    }

    [BicepFact]
    public void The_app_asks_for_signatures_where_notifications_are_signed_and_does_not_start_without_the_secret()
    {
        var signed = AppUnderDeployedSettings.Resolved(Deployed, ("signedNotifications", true));

        Assert.True(Starts(signed));

        // What the app sees of a reference whose secret is not there yet.
        signed["MeetingsEnded__WebhookSecret"] = AppUnderDeployedSettings.Settings(Deployed, ("signedNotifications", true))["MeetingsEnded__WebhookSecret"];
        Assert.False(Starts(signed));
    }

    [BicepTheory]
    [InlineData("internal")]
    [InlineData("thirdParty")]
    public void The_app_starts_with_the_keys_of_its_kind(string kind)
        => Assert.True(Starts(AppUnderDeployedSettings.Resolved(Deployed, ("dingTalkAppKind", kind))));

    [Fact]
    public void The_sample_of_local_settings_names_every_setting_that_the_app_reads()
    {
        var sample = LocalSettings.Sample();
        var read = AppUnderDeployedSettings.NamesRead(sample);

        Assert.Empty(read.Except(sample.Keys));
    }

    [Fact]
    public void The_app_starts_with_the_sample_of_local_settings() => Assert.True(Starts(LocalSettings.Sample()));

    [Fact]
    public void The_sample_holds_the_defaults_where_it_need_not_differ()
    {
        var sample = LocalSettings.Sample();
        string[] optional = ["PoisonQueue", "ManifestContainer", "DingTalk__FreshnessWindow"];
        var without = sample.Where(s => !optional.Contains(s.Key) && !s.Key.StartsWith("Recovery__", StringComparison.Ordinal));

        using var given = Build(sample);
        using var left = Build(without);

        var (a, b) = (given.GetRequiredService<MeetingRecordings.Fetching.RecoveryOptions>(), left.GetRequiredService<MeetingRecordings.Fetching.RecoveryOptions>());
        Assert.Equal(b.ReadinessLadder, a.ReadinessLadder);
        Assert.Equal(b.FaultLadder, a.FaultLadder);
        Assert.Equal(b.ConfirmAfter, a.ConfirmAfter);
        Assert.Equal(b.MaxAge, a.MaxAge);
    }

    private static ServiceProvider Build(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var services = new ServiceCollection();
        services.AddMeetingRecordings(AppUnderDeployedSettings.Configuration(settings));
        return services.BuildServiceProvider();
    }

    private static bool Starts(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        try
        {
            Build(settings).Dispose();
            return true;
        }
        catch (OptionsValidationException)
        {
            return false;
        }
    }
}
