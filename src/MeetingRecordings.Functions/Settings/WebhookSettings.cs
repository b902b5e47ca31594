using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The secrets that senders of plain notifications sign with; none where no signature is asked for.</summary>
internal static class WebhookSettings
{
    private const string Name = "MeetingsEnded__WebhookSecret";

    public static IReadOnlyList<WebhookSecret> Read(SettingsReader reader)
    {
        if (reader.Optional(Name) is not null && reader.Values(Name).Count == 0)
        {
            // Read as no secret at all it would let everybody in.
            reader.Fault(Name, "is malformed: expected secrets with commas between");
        }

        return [.. reader.Values(Name).Select(text => reader.Parsed(Name, text, WebhookSecret.Parse)).OfType<WebhookSecret>()];
    }
}
