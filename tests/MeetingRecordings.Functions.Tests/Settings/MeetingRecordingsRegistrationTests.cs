using System.Globalization;
using System.Text.Json;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Notifications.Callbacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moq;

namespace MeetingRecordings.Functions.Tests.Settings;

public sealed class MeetingRecordingsRegistrationTests
{
    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["DingTalk:AppKey"] = "app-key",
        ["DingTalk:AppSecret"] = "app-secret-value",
        ["DingTalk:CallbackToken"] = "token-value",
        ["DingTalk:EncodingAesKey"] = "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus",
        ["ConferenceQueue"] = "conferences",
        ["ServiceBus"] = "Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;",
        ["Manifests"] = "UseDevelopmentStorage=true",
    };

    [Fact]
    public async Task The_functions_can_be_made_from_the_few_settings_that_have_no_default()
    {
        await using var provider = Build([]);

        Assert.NotNull(ActivatorUtilities.CreateInstance<DingTalkEvents>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<MeetingsEnded>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<FetchRecordings>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<GetReadiness>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<GetOverview>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<ListPoison>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<SweepFailedPushes>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<ReplayPoison>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<DropPoison>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<GetManifest>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<ListManifests>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<TendQueues>(provider));
    }

    [Fact]
    public void Every_missing_setting_is_named_in_a_line_of_its_own()
    {
        var e = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddMeetingRecordings(new ConfigurationBuilder().Build()));

        Assert.Equal(
            ["DingTalk__AppKey", "DingTalk__AppSecret", "DingTalk__CallbackToken", "DingTalk__EncodingAesKey", "ServiceBus", "Manifests", "ConferenceQueue"],
            e.Failures.Select(static line => line.Split(' ')[2]));
        Assert.All(e.Failures, static line => Assert.Matches(@"^The setting \w+ is missing: .{10,}\.$", line));
    }

    [Theory]
    [InlineData("DingTalk:BaseAddress", "ftp://somewhere", "DingTalk__BaseAddress")]
    [InlineData("DingTalk:BaseAddress", "http://api.dingtalk.io", "DingTalk__BaseAddress")]
    [InlineData("DeadLetterRetention", "ninety days", "DeadLetterRetention")]
    [InlineData("DingTalk:EncodingAesKey", "short", "DingTalk__EncodingAesKey")]
    [InlineData("DingTalk:FreshnessWindow", "soon", "DingTalk__FreshnessWindow")]
    [InlineData("Recovery:FaultLadder", "00:00:10;00:01:00", "Recovery__FaultLadder")]
    [InlineData("Recovery:ReadinessLadder", "-00:00:10", "Recovery__ReadinessLadder")]
    [InlineData("Recovery:ConfirmAfter", "half an hour", "Recovery__ConfirmAfter")]
    [InlineData("DingTalk:CallsPerSecond", "-3", "DingTalk__CallsPerSecond")]
    [InlineData("DingTalk:CallsPerSecond", "fast", "DingTalk__CallsPerSecond")]
    [InlineData("DingTalk:TokenApi", "newest", "DingTalk__TokenApi")]
    [InlineData("Sweep:Enabled", "perhaps", "Sweep__Enabled")]
    [InlineData("Sweep:BaseAddress", "ftp://somewhere", "Sweep__BaseAddress")]
    [InlineData("Sweep:BaseAddress", "http://127.0.0.1.example", "Sweep__BaseAddress")]
    [InlineData("Manifests:blobServiceUri", "not an address", "Manifests__blobServiceUri")]
    [InlineData("DingTalk:FreshnessWindow", "10", "DingTalk__FreshnessWindow")]
    [InlineData("Recovery:ConfirmAfter", "30", "Recovery__ConfirmAfter")]
    [InlineData("Recovery:MaxAge", "7", "Recovery__MaxAge")]
    [InlineData("Recovery:MaxAge", " 7.00:00:00", "Recovery__MaxAge")]
    [InlineData("Recovery:ReadinessLadder", "00:02:00,10", "Recovery__ReadinessLadder")]
    [InlineData("Recovery:FaultLadder", "1:00:00:00", "Recovery__FaultLadder")]
    [InlineData("ServiceBus", "namespace.servicebus.windows.net", "ServiceBus")]
    [InlineData("ServiceBus", "sb://namespace.servicebus.windows.net/", "ServiceBus")]
    [InlineData("ServiceBus", "Endpoint=sb://localhost:5672;SharedAccessKeyName=p;SharedAccessKey=SAS_KEY_VALUE;EntityPath=conferences", "ServiceBus")]
    [InlineData("ServiceBus", "Endpoint=sb://localhost;SharedAccessKeyName=p;SharedAccessKey=b;EntityPath=conferences-poison", "ServiceBus")]
    [InlineData("ServiceBus", "\"Endpoint=sb://localhost/;SharedAccessKeyName=k;SharedAccessKey=v\"", "ServiceBus")]
    [InlineData("ServiceBus", "Endpoint=sb://localhost/;SharedAccessKeyName=k;SharedAccessKey=v\n", "ServiceBus")]
    [InlineData("ServiceBus", "Endpoint=sb://localhost/", "ServiceBus")]
    [InlineData("ServiceBus", "Endpoint=sb://localhost/;SharedAccessKey=v", "ServiceBus")]
    [InlineData("ServiceBus", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=YQ==;EndpointSuffix=core.windows.net", "ServiceBus")]
    [InlineData("ServiceBus:fullyQualifiedNamespace", "http://namespace.servicebus.windows.net", "ServiceBus__fullyQualifiedNamespace")]
    [InlineData("ServiceBus:fullyQualifiedNamespace", "my namespace", "ServiceBus__fullyQualifiedNamespace")]
    [InlineData("Manifests", "https://account.blob.core.windows.net", "Manifests")]
    [InlineData("Manifests", "nothing-like-it", "Manifests")]
    [InlineData("Manifests", "DefaultEndpointsProtocol=https;AccountName=account;AccountKey=no*base64;EndpointSuffix=core.windows.net", "Manifests")]
    [InlineData("Manifests", "DefaultEndpointsProtocol=https;AccountName=account;EndpointSuffix=core.windows.net", "Manifests")]
    [InlineData("Manifests", "BlobEndpoint=https://account.blob.core.windows.net", "Manifests")]
    [InlineData("Manifests", "Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b", "Manifests")]
    [InlineData("ManifestContainer", "Manifests", "ManifestContainer")]
    [InlineData("ManifestContainer", "ab", "ManifestContainer")]
    [InlineData("ManifestContainer", "two--hyphens", "ManifestContainer")]
    [InlineData("ManifestContainer", "under_score", "ManifestContainer")]
    [InlineData("ManifestContainer", "-manifests", "ManifestContainer")]
    [InlineData("ConferenceQueue", "two words", "ConferenceQueue")]
    [InlineData("ConferenceQueue", "-conferences", "ConferenceQueue")]
    [InlineData("PoisonQueue", "conferences/$DeadLetterQueue", "PoisonQueue")]
    [InlineData("PoisonQueue", "Conferences", "PoisonQueue")]
    [InlineData("DingTalk:AppKey", "app-key ", "DingTalk__AppKey")]
    [InlineData("DingTalk:AppSecret", "secret-value\n", "DingTalk__AppSecret")]
    [InlineData("DingTalk:AppSecret", "\tsecret-value", "DingTalk__AppSecret")]
    [InlineData("DingTalk:AppSecret", "secret\u200bvalue", "DingTalk__AppSecret")]
    [InlineData("DingTalk:AppSecret", "secret value", "DingTalk__AppSecret")]
    [InlineData("DingTalk:AppSecret", "'secret-value'", "DingTalk__AppSecret")]
    [InlineData("DingTalk:BaseAddress", "https://api.dingtalk.io ", "DingTalk__BaseAddress")]
    public void A_malformed_setting_is_named_without_its_value(string name, string value, string named)
    {
        var e = Assert.Throws<OptionsValidationException>(() => Build(new() { [name] = value }).Dispose());

        var line = Assert.Single(e.Failures);
        Assert.Matches($@"^The setting {named} is malformed: .{{10,}}\.$", line);
        Assert.DoesNotContain(value.Length < 4 ? $" {value}." : value, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000")]
    public void On_this_machine_an_address_needs_no_TLS(string address)
    {
        using var provider = Build(new() { ["DingTalk:BaseAddress"] = address });

        Assert.True(provider.GetRequiredService<DingTalkOptions>().BaseAddress.IsLoopback);
    }

    [Theory]
    [InlineData("DingTalk:EncodingAesKey", "DingTalk__EncodingAesKey")]
    [InlineData("DingTalk:AppSecret", "DingTalk__AppSecret")]
    public void A_reference_to_Key_Vault_that_Azure_has_not_resolved_is_said_to_be_one_and_nothing_else(string name, string named)
    {
        var e = Assert.Throws<OptionsValidationException>(
            () => Build(new() { [name] = "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/key)" }).Dispose());

        Assert.StartsWith($"The setting {named} is a reference to Key Vault that Azure has not resolved", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void The_timer_of_the_sweep_needs_its_schedule_only_where_the_sweep_is_on()
    {
        Build(new() { ["SweepSchedule"] = "" }).Dispose();

        var e = Assert.Throws<OptionsValidationException>(() => Build(new() { ["Sweep:Enabled"] = "true", ["SweepSchedule"] = "" }).Dispose());

        Assert.StartsWith("The setting SweepSchedule is missing: ", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24:00:00", 24)]
    [InlineData("1.00:00:00", 24)]
    [InlineData("PT36H", 36)]
    public async Task A_day_of_24_hours_is_a_day(string text, double hours)
    {
        await using var provider = Build(new() { ["Recovery:ReadinessLadder"] = text, ["Recovery:ConfirmAfter"] = text });

        var options = provider.GetRequiredService<RecoveryOptions>();

        Assert.Equal([TimeSpan.FromHours(hours), TimeSpan.FromHours(hours)], options.ReadinessLadder.Append(options.ConfirmAfter));
    }

    [Theory]
    [InlineData("Manifests", "BlobEndpoint=https://account.blob.core.windows.net;SharedAccessSignature=sv=2024-01-01&sig=abc")]
    [InlineData("ServiceBus", "Endpoint=sb://namespace.servicebus.windows.net/;SharedAccessSignature=SharedAccessSignature sr=a&sig=b")]
    [InlineData("ConferenceQueue", "team/Conferences_1.x")]
    [InlineData("ManifestContainer", "123-abc")]
    public void What_Azure_accepts_is_accepted(string name, string value) => Build(new() { [name] = value }).Dispose();

    [Fact]
    public async Task Ladders_are_time_spans_with_commas_between()
    {
        await using var provider = Build(new() { ["Recovery:FaultLadder"] = "00:00:00.5, 00:01:00", ["Recovery:ReadinessLadder"] = "" });

        var options = provider.GetRequiredService<RecoveryOptions>();

        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1)], options.FaultLadder);
        Assert.Empty(options.ReadinessLadder);
    }

    [Fact]
    public async Task Tokens_and_keys_are_paired_by_their_places_and_each_pair_serves_every_owner()
    {
        const string otherKey = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";
        await using var provider = Build(new()
        {
            ["DingTalk:CallbackToken"] = "new-token, old-token",
            ["DingTalk:EncodingAesKey"] = $"{Complete["DingTalk:EncodingAesKey"]}, {otherKey}",
            ["DingTalk:OwnerKey"] = "owner-1,owner-2",
        });
        var reader = provider.GetRequiredService<CallbackVerifier>();

        CallbackVerdict ReadPush(string token, string key, string owner)
        {
            var encrypted = new CallbackCipher(key).Encrypt("{}"u8, owner);
            var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var query = new CallbackQuery(CallbackSignature.Sign(token, timestamp, "n", encrypted), timestamp, "n");
            return reader.Verify(query, JsonSerializer.SerializeToUtf8Bytes(new { encrypt = encrypted }));
        }

        foreach (var owner in new[] { "owner-1", "owner-2" })
        {
            var read = Assert.IsType<CallbackVerdict.Verified>(ReadPush("new-token", Complete["DingTalk:EncodingAesKey"]!, owner));
            Assert.Equal(("new-token", owner), (read.Keys.Token, read.Keys.OwnerKey));
            Assert.IsType<CallbackVerdict.Verified>(ReadPush("old-token", otherKey, owner));
        }

        Assert.IsType<CallbackVerdict.Refused>(ReadPush("new-token", otherKey, "owner-1"));
        Assert.IsType<CallbackVerdict.Refused>(ReadPush("new-token", Complete["DingTalk:EncodingAesKey"]!, "app-key"));
    }

    [Theory]
    [InlineData("suite-1", "secret-1", "")]
    [InlineData("suite-1", null, "DingTalk__SuiteSecret")]
    [InlineData(null, "secret-1", "DingTalk__SuiteKey")]
    [InlineData(null, null, "DingTalk__AppKey,DingTalk__AppSecret")]
    public void Of_the_apps_keys_only_those_of_its_kind_are_asked_for(string? suiteKey, string? suiteSecret, string missing)
    {
        var e = Record.Exception(() => Build(new()
        {
            ["DingTalk:AppKey"] = null,
            ["DingTalk:AppSecret"] = null,
            ["DingTalk:SuiteKey"] = suiteKey,
            ["DingTalk:SuiteSecret"] = suiteSecret,
        }).Dispose());

        Assert.Equal(missing, string.Join(',', (e as OptionsValidationException)?.Failures.Select(static line => line.Split(' ')[2]) ?? []));
    }

    [Fact]
    public void Pushes_to_a_third_party_app_without_an_app_key_are_encrypted_for_its_suite_key()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Complete).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DingTalk:AppKey"] = null,
            ["DingTalk:AppSecret"] = null,
            ["DingTalk:SuiteKey"] = "suite-1",
            ["DingTalk:SuiteSecret"] = "secret-1",
        }).Build();

        Assert.Equal("suite-1", Assert.Single(AppSettings.Read(configuration).CallbackKeys).OwnerKey);
    }

    [Theory]
    [InlineData(null, "app-key", true)]
    [InlineData(null, "suite-1", false)]
    [InlineData("suite-1", "app-key", true)]
    [InlineData("suite-1", "suite-1", true)]
    public void The_owner_is_the_app_and_the_third_party_app_where_there_is_one(string? suiteKey, string owner, bool expected)
    {
        var changes = new Dictionary<string, string?> { ["DingTalk:SuiteKey"] = suiteKey, ["DingTalk:SuiteSecret"] = suiteKey };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Complete).AddInMemoryCollection(changes).Build();

        Assert.Equal(expected, AppSettings.Read(configuration).CallbackKeys.Any(keys => keys.OwnerKey == owner));
    }

    [Theory]
    [InlineData("DingTalk:CallbackToken", "a,b", "DingTalk__EncodingAesKey")]
    [InlineData("DingTalk:CallbackToken", ",", "DingTalk__CallbackToken")]
    [InlineData("DingTalk:EncodingAesKey", "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus,short", "DingTalk__EncodingAesKey")]
    [InlineData("DingTalk:SuiteKey", "suite-1", "DingTalk__SuiteSecret")]
    [InlineData("DingTalk:SuiteSecret", "secret-1", "DingTalk__SuiteKey")]
    [InlineData("MeetingsEnded:WebhookSecret", "no-secret", "MeetingsEnded__WebhookSecret")]
    [InlineData("MeetingsEnded:WebhookSecret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,whsec_AAAA", "MeetingsEnded__WebhookSecret")]
    [InlineData("MeetingsEnded:WebhookSecret", ",", "MeetingsEnded__WebhookSecret")]
    public void A_setting_of_notifications_that_is_wrong_is_named(string name, string value, string named)
    {
        var e = Assert.Throws<OptionsValidationException>(() => Build(new() { [name] = value }).Dispose());

        Assert.All(e.Failures, line => Assert.StartsWith($"The setting {named} ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sweep_of_a_third_party_app_is_refused_for_DingTalk_has_no_list_for_it()
    {
        var e = Assert.Throws<OptionsValidationException>(
            () => Build(new()
            {
                ["Sweep:Enabled"] = "true",
                ["SweepSchedule"] = "0 */5 * * * *",
                ["DingTalk:SuiteKey"] = "suite-1",
                ["DingTalk:SuiteSecret"] = "secret-1",
            }).Dispose());

        Assert.StartsWith("The setting Sweep__Enabled does not go with DingTalk__SuiteKey: ", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)]
    [InlineData("Microsoft.AspNetCore.Routing.EndpointMiddleware", LogLevel.Warning)]
    [InlineData("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error)]
    [InlineData("System.Net.Http.HttpClient.CallInvokerExtractor.LogicalHandler", LogLevel.Warning)]
    [InlineData("MeetingRecordings.Functions.DingTalkEvents", LogLevel.Information)]
    public async Task The_app_is_logged_and_the_frameworks_requests_with_their_queries_are_not(string category, LogLevel least)
    {
        var logs = Mock.Of<ILoggerProvider>(static p => p.CreateLogger(It.IsAny<string>()) == new ListLogger<object>());
        await using var provider = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Information))
            .AddMeetingRecordings(new ConfigurationBuilder().AddInMemoryCollection(Complete).Build())
            .BuildServiceProvider();

        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        Assert.True(logger.IsEnabled(least));
        Assert.False(logger.IsEnabled(least - 1));
    }

    private static ServiceProvider Build(Dictionary<string, string?> changes)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Complete).AddInMemoryCollection(changes).Build();
        return new ServiceCollection().AddLogging().AddMeetingRecordings(configuration).BuildServiceProvider();
    }
}
