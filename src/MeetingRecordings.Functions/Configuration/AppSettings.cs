using MeetingRecordings.DingTalk;
using MeetingRecordings.Notifications;
using MeetingRecordings.Recovery;
using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Configuration;

/// <summary>Every setting of the app, read and checked once at start.</summary>
internal sealed record AppSettings
{
    private const int MaxCallsPerSecond = 100_000;
    private const int DefaultCallsPerSecond = 20;
    private static readonly Uri DefaultBaseAddress = new("https://api.dingtalk.io/");
    private static readonly TimeSpan DefaultFreshnessWindow = TimeSpan.FromMinutes(10);

    public required DingTalkOptions DingTalk { get; init; }

    public required IReadOnlyList<CallbackKeys> CallbackKeys { get; init; }

    public required TimeSpan FreshnessWindow { get; init; }

    public required RecoveryOptions Recovery { get; init; }

    public required ServiceBusSettings ServiceBus { get; init; }

    public required ManifestSettings Manifests { get; init; }

    public required SweepSettings Sweep { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Some are missing or malformed: one line for each.</exception>
    public static AppSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var suite = SuiteSettings.Read(reader);
        var dingTalk = new DingTalkOptions(
            reader.Address("DingTalk__BaseAddress") ?? DefaultBaseAddress,
            reader.Required("DingTalk__AppKey", "the Client ID of the app in DingTalk's console"),
            reader.Required("DingTalk__AppSecret", "the Client Secret of the app in DingTalk's console"))
        {
            SuiteKey = suite?.SuiteKey,
            SuiteSecret = suite?.SuiteSecret,
            TokenApi = reader.Choice<TokenApi>("DingTalk__TokenApi"),
            CallsPerSecond = reader.Number("DingTalk__CallsPerSecond", 1, MaxCallsPerSecond, DefaultCallsPerSecond),
        };
        var defaults = new RecoveryOptions();
        var settings = new AppSettings
        {
            DingTalk = dingTalk,
            CallbackKeys = ReadCallbackKeys(reader, dingTalk.AppKey),
            FreshnessWindow = reader.TimeSpan("DingTalk__FreshnessWindow", DefaultFreshnessWindow),
            Recovery = new RecoveryOptions
            {
                ReadinessLadder = reader.TimeSpans("Recovery__ReadinessLadder", defaults.ReadinessLadder),
                FaultLadder = reader.TimeSpans("Recovery__FaultLadder", defaults.FaultLadder),
                ConfirmAfter = reader.TimeSpan("Recovery__ConfirmAfter", defaults.ConfirmAfter),
                MaxAge = reader.TimeSpan("Recovery__MaxAge", defaults.MaxAge),
            },
            ServiceBus = ServiceBusSettings.Read(reader),
            Manifests = ManifestSettings.Read(reader),
            Sweep = SweepSettings.Read(reader, suite),
        };
        reader.ThrowIfFaulted();
        return settings;
    }

    private static IReadOnlyList<CallbackKeys> ReadCallbackKeys(SettingsReader reader, string appKey)
    {
        var token = reader.Required("DingTalk__CallbackToken", "the token of the event subscription in DingTalk's console");
        var aesKey = reader.Required("DingTalk__EncodingAesKey", "the AES key of the event subscription in DingTalk's console");
        var cipher = reader.Parsed("DingTalk__EncodingAesKey", aesKey, static key => new CallbackCipher(key));
        return cipher is null ? [] : [new CallbackKeys(token, cipher, reader.Optional("DingTalk__OwnerKey") ?? appKey)];
    }
}
