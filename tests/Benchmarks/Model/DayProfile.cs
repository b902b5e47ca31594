namespace Benchmarks.Model;

/// <summary>When in the day meetings end: at the hours' ends of a working day, most in the late afternoon and evening.</summary>
internal static class DayProfile
{
    // Per cent of the day's meetings that end in each hour.
    private static readonly double[] Hours = [0, 0, 0, 0, 0, 0, 0, 1, 3, 6, 9, 10, 4, 3, 7, 9, 10, 13, 12, 7, 4, 1.5, 0.5, 0];

    // Meetings are booked to the half hour: most end within its first five minutes.
    private const double PeakShare = 0.5;
    private static readonly TimeSpan Peak = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(30);

    /// <summary>How many meetings end a second, as a share of the day's.</summary>
    /// <param name="time">The time since midnight; after 24 hours none end.</param>
    public static double ShareOfDayPerSecond(TimeSpan time)
    {
        if (time < TimeSpan.Zero || time >= TimeSpan.FromDays(1))
        {
            return 0;
        }

        var slotShare = Hours[time.Hours] / Hours.Sum() / (TimeSpan.FromHours(1) / Slot);
        var inPeak = TimeSpan.FromTicks(time.Ticks % Slot.Ticks) < Peak;
        return inPeak ? slotShare * PeakShare / Peak.TotalSeconds : slotShare * (1 - PeakShare) / (Slot - Peak).TotalSeconds;
    }
}
