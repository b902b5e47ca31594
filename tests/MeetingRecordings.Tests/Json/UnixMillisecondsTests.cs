using MeetingRecordings.Json;

namespace MeetingRecordings.Tests.Json;

public sealed class UnixMillisecondsTests
{
    private const long Year2000 = 946_684_800_000;
    private const long Year2200 = 7_258_118_400_000;

    [Theory]
    [InlineData(null, false)]
    [InlineData(0L, false)]
    [InlineData(Year2000 - 1, false)]
    [InlineData(Year2000, true)]
    [InlineData(Year2200 - 1, true)]
    [InlineData(Year2200, false)]
    public void An_instant_of_the_years_2000_to_2199_is_plausible(long? milliseconds, bool plausible)
        => Assert.Equal(plausible ? DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds!.Value) : null, UnixMilliseconds.ToTimestamp(milliseconds));
}
