using Benchmarks.Model;

namespace Benchmarks.Tests.Model;

public class DayProfileTests
{
    [Fact]
    public void A_days_meetings_all_end_within_the_day()
    {
        var sum = Enumerable.Range(0, 24 * 60 * 60).Sum(static second => DayProfile.ShareOfDayPerSecond(TimeSpan.FromSeconds(second)));

        Assert.Equal(1, sum, 9);
        Assert.Equal(0, DayProfile.ShareOfDayPerSecond(TimeSpan.FromHours(24)));
        Assert.Equal(0, DayProfile.ShareOfDayPerSecond(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void Most_end_right_after_the_half_hour()
        => Assert.True(
            DayProfile.ShareOfDayPerSecond(new TimeSpan(17, 31, 0)) > 4 * DayProfile.ShareOfDayPerSecond(new TimeSpan(17, 45, 0)));

    [Fact]
    public void The_evening_is_busier_than_the_morning()
        => Assert.True(
            DayProfile.ShareOfDayPerSecond(new TimeSpan(17, 0, 0)) > 2 * DayProfile.ShareOfDayPerSecond(new TimeSpan(9, 0, 0)));
}
