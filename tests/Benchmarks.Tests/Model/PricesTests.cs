using Benchmarks.Model;

namespace Benchmarks.Tests.Model;

public class PricesTests
{
    private static readonly LookCost OneOperation = new(0, 0, 1, 0, 0, 0);

    [Fact]
    public void Nothing_but_the_base_is_paid_for_the_operations_that_it_includes()
        => Assert.Equal(10, new Prices().Monthly(13_000_000, OneOperation), 9);

    [Fact]
    public void Further_operations_are_paid_by_the_million()
        => Assert.Equal(10 + 0.80, new Prices().Monthly(14_000_000, OneOperation), 9);

    [Fact]
    public void Writes_reads_and_executions_are_added()
    {
        var prices = new Prices { BusySeconds = 1, InstanceGb = 2, PerGbSecond = 0.5, ExecutionsPerMillion = 3 };

        Assert.Equal(10 + 5.50 + 0.44 + 3 + (1e6 * 1 * 2 * 0.5), prices.Monthly(1_000_000, new LookCost(0, 0, 0, 1, 1, 1)), 6);
    }

    [Fact]
    public void Few_executions_are_billed_a_second_each()
    {
        var prices = new Prices { ExecutionsPerMillion = 0, InstanceGb = 1, PerGbSecond = 1, WorkingSeconds = 1e9 };

        Assert.Equal(10 + 1000, prices.Monthly(1_000, new LookCost(0, 0, 0, 0, 0, 1)), 2);
    }

    [Fact]
    public void Executions_that_overlap_share_the_seconds_of_an_instance()
    {
        var prices = new Prices { ExecutionsPerMillion = 0, InstanceGb = 1, PerGbSecond = 1, WorkingSeconds = 100 };

        Assert.Equal(10 + 100, prices.Monthly(1_000, new LookCost(0, 0, 0, 0, 0, 1)), 2);
    }
}
