using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Tests.Settings;

/// <summary>The names and defaults of docs/settings.md.</summary>
public sealed class AppSettingsTests
{
    private const string AesKey = "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus";

    [Fact]
    public void Every_setting_is_read_by_its_name()
    {
        var settings = Read(new()
        {
            ["DingTalk:AppKey"] = "app-1",
            ["DingTalk:AppSecret"] = "app-secret",
            ["DingTalk:CallbackToken"] = "token-1",
            ["DingTalk:EncodingAesKey"] = AesKey,
            ["DingTalk:OwnerKey"] = "owner-1",
            ["DingTalk:FreshnessWindow"] = "00:01:00",
            ["DingTalk:BaseAddress"] = "https://api.example/dingtalk",
            ["DingTalk:TokenApi"] = "Unified",
            ["DingTalk:CallsPerSecond"] = "0.5",
            ["MeetingsEnded:WebhookSecret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ["ServiceBus"] = "Endpoint=sb://bus.example/;SharedAccessKeyName=a;SharedAccessKey=b",
            ["ConferenceQueue"] = "ended",
            ["PoisonQueue"] = "given-up",
            ["Manifests"] = "UseDevelopmentStorage=true",
            ["ManifestContainer"] = "recordings",
            ["Recovery:ReadinessLadder"] = "00:00:01",
            ["Recovery:FaultLadder"] = "00:00:02,00:00:03",
            ["Recovery:ConfirmAfter"] = "00:00:04",
            ["Recovery:MaxAge"] = "00:00:05",
            ["Sweep:Enabled"] = "true",
            ["Sweep:BaseAddress"] = "https://old.example",
            ["SweepSchedule"] = "0 */5 * * * *",
        });

        Assert.Equal(
            (new Uri("https://api.example/dingtalk/"), "app-1", "app-secret", TokenApi.Unified, 0.5),
            (settings.DingTalk.BaseAddress, settings.DingTalk.AppKey, settings.DingTalk.AppSecret, settings.DingTalk.TokenApi, settings.DingTalk.CallsPerSecond));
        var keys = Assert.Single(settings.CallbackKeys);
        Assert.Equal(("token-1", "owner-1"), (keys.Token, keys.OwnerKey));
        Assert.Single(settings.WebhookSecrets);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.FreshnessWindow);
        Assert.Equal(("ended", "given-up"), (settings.ServiceBus.ConferenceQueue, settings.ServiceBus.PoisonQueue));
        Assert.Equal("recordings", settings.Manifests.Container);
        Assert.Equal([TimeSpan.FromSeconds(1)], settings.Recovery.ReadinessLadder);
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)], settings.Recovery.FaultLadder);
        Assert.Equal((TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5)), (settings.Recovery.ConfirmAfter, settings.Recovery.MaxAge));
        Assert.Equal(new SweepSettings(true, new Uri("https://old.example/")), settings.Sweep);
    }

    [Fact]
    public void What_is_not_set_has_its_default()
    {
        var settings = Read(new()
        {
            ["DingTalk:SuiteKey"] = "suite-1",
            ["DingTalk:SuiteSecret"] = "suite-secret",
            ["DingTalk:CallbackToken"] = "token-1",
            ["DingTalk:EncodingAesKey"] = AesKey,
            ["ServiceBus:fullyQualifiedNamespace"] = "bus.example",
            ["ConferenceQueue"] = "conferences",
            ["Manifests:blobServiceUri"] = "https://blob.example/",
        });

        Assert.Equal(
            (new Uri("https://api.dingtalk.io/"), "", "", "suite-1", "suite-secret", TokenApi.AccessToken, 20),
            (settings.DingTalk.BaseAddress, settings.DingTalk.AppKey, settings.DingTalk.AppSecret, settings.DingTalk.SuiteKey, settings.DingTalk.SuiteSecret,
                settings.DingTalk.TokenApi, settings.DingTalk.CallsPerSecond));
        Assert.Empty(settings.WebhookSecrets);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.FreshnessWindow);
        Assert.Equal(("conferences", "conferences-poison"), (settings.ServiceBus.ConferenceQueue, settings.ServiceBus.PoisonQueue));
        Assert.Equal(TimeSpan.FromDays(90), settings.ServiceBus.DeadLetterRetention);
        Assert.Equal("manifests", settings.Manifests.Container);
        Assert.Equal(
            [20, 30, 60, 180, 2580],
            settings.Recovery.ReadinessLadder.Select(static wait => wait.TotalMinutes));
        Assert.Equal([10, 60, 300, 900, 3600], settings.Recovery.FaultLadder.Select(static wait => wait.TotalSeconds));
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromDays(7)), (settings.Recovery.ConfirmAfter, settings.Recovery.MaxAge));
        Assert.Equal(
            (TimeSpan.FromMinutes(10), true, (TimeSpan?)TimeSpan.FromHours(12)),
            (settings.Recovery.FirstLookAfter, settings.Recovery.InfoFirst, settings.Recovery.WatchAfter));
        Assert.Equal(new SweepSettings(false, new Uri("https://oapi.dingtalk.com/")), settings.Sweep);
    }

    [Theory]
    [InlineData("a-connection-string", null, null, "connectionString=a-connection-string")]
    [InlineData(null, null, null, "serviceUri=https://blob.example")]
    [InlineData(null, "identity-1", null, "clientId=identity-1 credential=managedidentity serviceUri=https://blob.example")]
    [InlineData(null, "app-1", "tenant-1", "clientId=app-1 serviceUri=https://blob.example tenantId=tenant-1")]
    [InlineData("a-connection-string", "identity-1", null, "connectionString=a-connection-string")]
    public void A_connection_is_handed_to_Azures_client_factory_in_its_own_names(
        string? connectionString, string? clientId, string? tenantId, string expected)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Manifests"] = connectionString,
            ["Manifests:blobServiceUri"] = "https://blob.example",
            ["Manifests:clientId"] = clientId,
            ["Manifests:tenantId"] = tenantId,
        }).Build());

        Assert.Equal(
            expected,
            string.Join(' ', reader.Connection("Manifests", "blobServiceUri", static _ => null).AsEnumerable().OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
    }

    private static AppSettings Read(Dictionary<string, string?> values)
        => AppSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
}
