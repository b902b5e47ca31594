namespace MeetingRecordings.Functions.Settings;

/// <summary>Whether, and where, DingTalk is asked for the pushes that failed.</summary>
internal sealed record SweepSettings(bool Enabled, Uri BaseAddress)
{
    private static readonly Uri DefaultBaseAddress = new("https://oapi.dingtalk.com/");

    public static SweepSettings Read(SettingsReader reader)
    {
        var enabled = reader.Flag("Sweep__Enabled");
        if (enabled)
        {
            reader.Required("SweepSchedule", "when SweepFailedPushes runs, for instance 0 */5 * * * *");
            if (SuiteSettings.IsMeant(reader))
            {
                reader.Fault("Sweep__Enabled", "does not go with DingTalk__SuiteKey: DingTalk lists the failed pushes of internal apps only");
            }
        }

        return new SweepSettings(enabled, reader.Address("Sweep__BaseAddress") ?? DefaultBaseAddress);
    }
}
