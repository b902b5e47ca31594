using MeetingRecordings.Fetching;

namespace MeetingRecordings.Functions.Settings;

/// <summary>How long to wait for what.</summary>
internal static class RecoverySettings
{
    public static RecoveryOptions Read(SettingsReader reader)
    {
        var defaults = new RecoveryOptions();
        return new RecoveryOptions
        {
            FirstLookAfter = reader.TimeSpan("Recovery__FirstLookAfter", defaults.FirstLookAfter),
            InfoFirst = reader.Flag("Recovery__InfoFirst", defaults.InfoFirst),
            WatchAfter = ReadWatch(reader, defaults.WatchAfter!.Value),
            ReadinessLadder = reader.TimeSpans("Recovery__ReadinessLadder", defaults.ReadinessLadder),
            FaultLadder = reader.TimeSpans("Recovery__FaultLadder", defaults.FaultLadder),
            ConfirmAfter = reader.TimeSpan("Recovery__ConfirmAfter", defaults.ConfirmAfter),
            MaxAge = reader.TimeSpan("Recovery__MaxAge", defaults.MaxAge),
        };
    }

    private static TimeSpan? ReadWatch(SettingsReader reader, TimeSpan otherwise)
    {
        var after = reader.TimeSpan("Watch__After", otherwise);
        return reader.Flag("Watch__Enabled", otherwise: true) ? after : null;
    }
}
