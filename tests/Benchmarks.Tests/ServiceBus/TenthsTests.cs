using Benchmarks.ServiceBus;

namespace Benchmarks.Tests.ServiceBus;

public class TenthsTests
{
    [Fact]
    public void The_end_is_told_once_and_to_whoever_brought_it()
    {
        var tenths = new Tenths(1_000, cpu: null);

        Assert.False(tenths.Add(999));
        Assert.True(tenths.Add(2));
        Assert.False(tenths.Add(1));
    }

    [Fact]
    public void Processor_time_is_shared_out_among_the_messages_of_its_own_tenth()
    {
        var used = TimeSpan.Zero;
        var tenths = new Tenths(1_000, () => used);
        for (var tenth = 1; tenth <= 10; tenth++)
        {
            used += TimeSpan.FromMicroseconds(100 * tenth);
            tenths.Add(50);
            tenths.Add(50);
        }

        Assert.Equal(1, tenths.FirstCpu);
        Assert.Equal(10, tenths.LastCpu);
    }

    [Fact]
    public void Batches_that_do_not_end_with_a_tenth_are_counted_whole()
    {
        var used = TimeSpan.Zero;
        var tenths = new Tenths(1_000, () => used);
        for (var sent = 0; sent < 1_000; sent += 125)
        {
            used += TimeSpan.FromMicroseconds(250);
            tenths.Add(125);
        }

        Assert.Equal(2, tenths.FirstCpu);
        Assert.Equal(2, tenths.LastCpu);
    }
}
