using Benchmarks.Load;

namespace Benchmarks.Tests.Load;

public class LatenciesTests
{
    private static readonly double[] Thousand = [.. Enumerable.Range(1, 1000).Select(static i => (double)i)];

    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(0.999, 999)]
    [InlineData(1, 1000)]
    public void A_percentile_is_the_smallest_value_that_so_many_do_not_exceed(double share, double expected)
        => Assert.Equal(expected, Latencies.Percentile(Thousand, share));

    [Fact]
    public void A_percentile_between_two_ranks_is_the_greater()
        => Assert.Equal(2, Latencies.Percentile([1, 2, 3], 0.5));

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Of_one_value_every_percentile_is_that_value(double share)
        => Assert.Equal(7, Latencies.Percentile([7], share));

    [Fact]
    public void There_is_none_of_nothing()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Latencies.Percentile([], 0.5));

    [Theory]
    [InlineData(0)]
    [InlineData(1.1)]
    public void A_share_is_above_0_and_at_most_1(double share)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Latencies.Percentile([1], share));

    [Fact]
    public void Latencies_are_summed_up_in_whatever_order_they_come()
        => Assert.Equal(
            new Latencies(500, 990, 999, 1000),
            Latencies.Of(Thousand.Reverse().Select(static ms => TimeSpan.FromMilliseconds(ms))));
}
