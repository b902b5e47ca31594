namespace MeetingRecordings.DingTalk;

/// <summary>The least time to wait after an answer that says that we call too often.</summary>
internal static class LeastWaits
{
    /// <summary>How long an address stays banned.</summary>
    public static readonly TimeSpan Ban = TimeSpan.FromMinutes(5);

    /// <summary>The wait; null where the class is no throttle.</summary>
    public static TimeSpan? After(ErrorClass error) => error switch
    {
        ErrorClass.Throttled => TimeSpan.FromSeconds(1),
        ErrorClass.ThrottledForAMinute => TimeSpan.FromMinutes(1),
        ErrorClass.Banned => Ban,
        _ => null,
    };
}
