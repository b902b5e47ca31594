namespace MeetingRecordings.DingTalk;

/// <summary>The moment by which a look wants its answers, for a message's lock is held meanwhile. What cannot be through by then is cut short.</summary>
/// <param name="allowed">How much time there is, from now.</param>
/// <param name="clock">The time.</param>
public sealed class Deadline(TimeSpan allowed, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>The time that is left; zero once the moment has come.</summary>
    public TimeSpan Left => clock.GetElapsedTime(_start) is var elapsed && elapsed < allowed ? allowed - elapsed : TimeSpan.Zero;

    /// <summary>The time that something may take: its own limit, or what is left where that is less.</summary>
    /// <param name="deadline">The deadline; null where there is none.</param>
    /// <param name="limit">The limit.</param>
    public static TimeSpan Shorten(Deadline? deadline, TimeSpan limit) => deadline?.Left is { } left && left < limit ? left : limit;
}
