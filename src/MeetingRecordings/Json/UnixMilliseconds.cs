using MeetingRecordings.Reading;

namespace MeetingRecordings.Json;

/// <summary>DingTalk's timestamps.</summary>
internal static class UnixMilliseconds
{
    private static readonly long Earliest = PlausibleTimes.First.ToUnixTimeMilliseconds();
    private static readonly long Latest = PlausibleTimes.End.ToUnixTimeMilliseconds();

    /// <summary>The instant, or null where the number is no plausible one (0 is how DingTalk says "none").</summary>
    public static DateTimeOffset? ToTimestamp(long? milliseconds)
        => milliseconds >= Earliest && milliseconds < Latest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;
}
