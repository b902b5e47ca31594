using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Plain;
using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Settings;

/// <summary>Every setting of the app, read and checked once at start.</summary>
internal sealed record AppSettings(
    DingTalkOptions DingTalk,
    IReadOnlyList<CallbackKeys> CallbackKeys,
    IReadOnlyList<WebhookSecret> WebhookSecrets,
    TimeSpan FreshnessWindow,
    RecoveryOptions Recovery,
    ServiceBusSettings ServiceBus,
    ManifestSettings Manifests,
    SweepSettings Sweep,
    ArchiveSettings Archive)
{
    private static readonly string[] Families = ["DingTalk", "Recovery", "Watch", "Sweep", "Manifest", "MeetingsEnded", "Archive", "Transcripts"];

    private static readonly TimeSpan DefaultFreshnessWindow = TimeSpan.FromMinutes(5);

    /// <summary>Settings that are there and that nothing reads.</summary>
    public IReadOnlyList<UnknownSetting> Unknown { get; private init; } = [];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Some are missing or malformed: one line for each.</exception>
    public static AppSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var dingTalk = DingTalkSettings.Read(reader);
        ManifestSettings manifests;
        var settings = new AppSettings(
            dingTalk,
            CallbackSettings.Read(reader, dingTalk),
            WebhookSettings.Read(reader),
            reader.TimeSpan("DingTalk__FreshnessWindow", DefaultFreshnessWindow),
            RecoverySettings.Read(reader),
            ServiceBusSettings.Read(reader),
            manifests = ManifestSettings.Read(reader),
            SweepSettings.Read(reader),
            ArchiveSettings.Read(reader, manifests));

        // The Functions host disables a function whose trigger lacks its setting, and runs the others: pushes would be answered with
        // success, and nobody would look at a conference.
        reader.Required("ConferenceQueue", "the queue that triggers FetchRecordings, for instance conferences");
        reader.ThrowIfFaulted();
        return settings with { Unknown = reader.FindUnknown(Families) };
    }
}
