using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Plain;
using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Configuration;

/// <summary>Every setting of the app, read and checked once at start.</summary>
internal sealed record AppSettings
{
    private const double MinCallsPerSecond = 0.1;
    private const double MaxCallsPerSecond = 100_000;
    private const double DefaultCallsPerSecond = 20;
    private static readonly Uri DefaultBaseAddress = new("https://api.dingtalk.io/");
    private static readonly TimeSpan DefaultFreshnessWindow = TimeSpan.FromMinutes(10);

    public required DingTalkOptions DingTalk { get; init; }

    public required SuiteSettings? Suite { get; init; }

    public required IReadOnlyList<CallbackKeys> CallbackKeys { get; init; }

    public required IReadOnlyList<WebhookSecret> WebhookSecrets { get; init; }

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
        var (appKey, appSecret) = ReadApp(reader);
        var dingTalk = new DingTalkOptions(reader.Address("DingTalk__BaseAddress") ?? DefaultBaseAddress, appKey, appSecret)
        {
            SuiteKey = suite?.SuiteKey,
            SuiteSecret = suite?.SuiteSecret,
            TokenApi = reader.Choice<TokenApi>("DingTalk__TokenApi"),
            CallsPerSecond = reader.Rate("DingTalk__CallsPerSecond", MinCallsPerSecond, MaxCallsPerSecond, DefaultCallsPerSecond),
        };
        var defaults = new RecoveryOptions();
        var settings = new AppSettings
        {
            DingTalk = dingTalk,
            Suite = suite,
            CallbackKeys = CallbackSettings.Read(reader, new[] { appKey, suite?.SuiteKey }.Where(static key => key is { Length: > 0 }).OfType<string>()),
            WebhookSecrets = ReadWebhookSecrets(reader),
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
        RequireTriggers(reader, settings.Sweep);
        reader.ThrowIfFaulted();
        return settings;
    }

    // The Functions host disables a function whose trigger lacks its setting, and starts the others: pushes would be answered with
    // success, and nobody would look at a conference.
    private static void RequireTriggers(SettingsReader reader, SweepSettings sweep)
    {
        reader.Required("ConferenceQueue", "the queue that triggers FetchRecordings, for instance conferences");
        if (sweep.Enabled)
        {
            reader.Required("SweepSchedule", "when SweepFailedPushes runs, for instance 0 */5 * * * *");
        }
    }

    // A third-party app has none: its suite's keys stand in their place.
    private static (string Key, string Secret) ReadApp(SettingsReader reader) => SuiteSettings.IsMeant(reader)
        ? (reader.Optional("DingTalk__AppKey") ?? "", reader.Optional("DingTalk__AppSecret") ?? "")
        : (reader.Required("DingTalk__AppKey", "the Client ID of the app in DingTalk's console"),
            reader.Required("DingTalk__AppSecret", "the Client Secret of the app in DingTalk's console"));

    private static IReadOnlyList<WebhookSecret> ReadWebhookSecrets(SettingsReader reader)
    {
        const string name = "MeetingsEnded__WebhookSecret";
        if (reader.Optional(name) is not null && reader.Values(name).Count == 0)
        {
            // Read as no secret at all it would let everybody in.
            reader.Fault<string>(name, "is malformed: expected secrets with commas between");
        }

        return [.. reader.Values(name).Select(text => reader.Parsed(name, text, WebhookSecret.Parse)).OfType<WebhookSecret>()];
    }
}
