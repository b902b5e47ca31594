using Benchmarks.Load;

namespace Benchmarks.Tests.Load;

public class PaceTests
{
    [Fact]
    public void Two_halves_weigh_by_their_time_not_by_their_rate()
    {
        // 100 a second for a second and 300 a second for three.
        var both = new Pace(100, TimeSpan.FromSeconds(1)) + new Pace(900, TimeSpan.FromSeconds(3));

        Assert.Equal(250, both.PerSecond);
    }
}
