using MeetingRecordings.Recovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MeetingRecordings.Functions.Tests;

public sealed class MeetingRecordingsRegistrationTests
{
    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["DingTalk:AppKey"] = "app-key",
        ["DingTalk:AppSecret"] = "app-secret-value",
        ["DingTalk:CallbackToken"] = "token-value",
        ["DingTalk:EncodingAesKey"] = "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus",
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
        Assert.NotNull(ActivatorUtilities.CreateInstance<ListPoison>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<SweepFailedPushes>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<ReplayPoison>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<DropPoison>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<GetManifest>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<ListManifests>(provider));
    }

    [Fact]
    public void Every_missing_setting_is_named_in_a_line_of_its_own()
    {
        var e = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddMeetingRecordings(new ConfigurationBuilder().Build()));

        Assert.Equal(
            ["DingTalk__AppKey", "DingTalk__AppSecret", "DingTalk__CallbackToken", "DingTalk__EncodingAesKey", "ServiceBus", "Manifests"],
            e.Failures.Select(static line => line.Split(' ')[2]));
    }

    [Theory]
    [InlineData("DingTalk:BaseAddress", "ftp://somewhere", "DingTalk__BaseAddress")]
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
    [InlineData("Manifests:blobServiceUri", "not an address", "Manifests__blobServiceUri")]
    public void A_malformed_setting_is_named_without_its_value(string name, string value, string named)
    {
        var e = Assert.Throws<OptionsValidationException>(() => Build(new() { [name] = value }).Dispose());

        var line = Assert.Single(e.Failures);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain(value, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ladders_are_time_spans_with_commas_between()
    {
        await using var provider = Build(new() { ["Recovery:FaultLadder"] = "00:00:00.5, 00:01:00", ["Recovery:ReadinessLadder"] = "" });

        var options = provider.GetRequiredService<RecoveryOptions>();

        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1)], options.FaultLadder);
        Assert.Empty(options.ReadinessLadder);
    }

    private static ServiceProvider Build(Dictionary<string, string?> changes)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Complete).AddInMemoryCollection(changes).Build();
        return new ServiceCollection().AddLogging().AddMeetingRecordings(configuration).BuildServiceProvider();
    }
}
