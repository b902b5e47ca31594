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
            ReadinessLadder = reader.TimeSpans("Recovery__ReadinessLadder", defaults.ReadinessLadder),
            FaultLadder = reader.TimeSpans("Recovery__FaultLadder", defaults.FaultLadder),
            ConfirmAfter = reader.TimeSpan("Recovery__ConfirmAfter", defaults.ConfirmAfter),
            MaxAge = reader.TimeSpan("Recovery__MaxAge", defaults.MaxAge),
        };
    }
}
