namespace MeetingRecordings.Reading;

/// <summary>
/// The times at which a meeting can have been: the years 2000 to 2199. What lies outside is how a system says that there is no time.
/// </summary>
public static class PlausibleTimes
{
    /// <summary>The first of them.</summary>
    internal static DateTimeOffset First { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first that is none of them any more.</summary>
    internal static DateTimeOffset End { get; } = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time; null where a meeting cannot have been at it.</summary>
    public static DateTimeOffset? OrNull(DateTimeOffset? time) => time >= First && time < End ? time : null;

    /// <summary>Whether a meeting can have been in a year.</summary>
    internal static bool Contains(int year) => year >= First.Year && year < End.Year;
}
