namespace MeetingRecordings.Functions.Configuration;

/// <summary>Whether, and where, DingTalk is asked for the pushes that failed.</summary>
internal sealed record SweepSettings(bool Enabled, Uri BaseAddress)
{
    private static readonly Uri DefaultBaseAddress = new("https://oapi.dingtalk.com/");

    public static SweepSettings Read(SettingsReader reader, SuiteSettings? suite)
    {
        var enabled = reader.Flag("Sweep__Enabled");
        if (enabled && suite is not null)
        {
            reader.Fault<string>("Sweep__Enabled", "does not go with DingTalk__SuiteKey: DingTalk lists the failed pushes of internal apps only");
        }

        return new SweepSettings(enabled, reader.Address("Sweep__BaseAddress") ?? DefaultBaseAddress);
    }
}
