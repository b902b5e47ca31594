using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>How long to wait after an error. Waits are spread, so that looks which failed together do not come back together.</summary>
internal static class Backoff
{
    private const double FaultJitter = 0.2;
    private const double ThrottleJitter = 0.5;
    private const int MaxThrottleDoublings = 6;

    /// <summary>The wait after a fault: a rung of the ladder, up to a fifth longer.</summary>
    public static TimeSpan AfterFault(TimeSpan rung, double jitter) => rung * (1 + FaultJitter * jitter);

    /// <summary>
    /// The wait after a throttled answer, up to half as long again: what DingTalk asks for, or what its limit needs; a limit by the
    /// second doubles, up to 64 s.
    /// </summary>
    /// <param name="error">The answer.</param>
    /// <param name="throttles">How many such answers came in a row before.</param>
    /// <param name="jitter">A random number from 0 to 1.</param>
    public static TimeSpan AfterThrottle(DingTalkError error, int throttles, double jitter)
    {
        var least = LeastWaits.After(error.Class)!.Value;
        var doubled = error.Class == ErrorClass.Throttled ? least * Math.Pow(2, Math.Min(throttles, MaxThrottleDoublings)) : least;
        return error.AtLeast(doubled) * (1 + ThrottleJitter * jitter);
    }
}
