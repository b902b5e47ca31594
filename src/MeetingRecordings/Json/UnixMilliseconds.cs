namespace MeetingRecordings.Json;

/// <summary>DingTalk's timestamps.</summary>
internal static class UnixMilliseconds
{
    private static readonly long Earliest = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Latest = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The instant, or null where the number is no plausible one (0 is how DingTalk says "none").</summary>
    public static DateTimeOffset? ToTimestamp(long? milliseconds)
        => milliseconds >= Earliest && milliseconds < Latest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;
}
