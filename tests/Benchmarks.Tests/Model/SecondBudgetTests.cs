using Benchmarks.Model;

namespace Benchmarks.Tests.Model;

public class SecondBudgetTests
{
    private const double Ample = 1e9;

    [Fact]
    public void The_limit_of_one_API_binds_looks()
        => Assert.Equal(20, Take(new Limits("", 20, Ample, Ample, Ample), LookCost.Announced));

    [Fact]
    public void The_limit_of_an_address_binds_calls()
        => Assert.Equal(50, Take(new Limits("", Ample, 100, Ample, Ample), LookCost.Announced));

    [Fact]
    public void Credits_bind_after_those_that_accepting_takes()
        => Assert.Equal(60, Take(new Limits("", Ample, Ample, 100, Ample), LookCost.Announced, notifications: 40));

    [Fact]
    public void The_storage_account_binds_what_reads_or_writes()
        => Assert.Equal(4, Take(new Limits("", Ample, Ample, Ample, 8), LookCost.Announced));

    [Fact]
    public void What_asks_DingTalk_nothing_is_not_bound_by_its_limits()
        => Assert.Equal(1000, Take(new Limits("", 20, 100, Ample, Ample), LookCost.Unneeded));

    [Fact]
    public void What_was_taken_is_gone()
    {
        var budget = new SecondBudget(new Limits("", 20, Ample, Ample, Ample), 0);

        Assert.Equal(15, budget.Take(LookCost.Announced, 15));
        Assert.Equal(5, budget.Take(LookCost.NotRecorded, 15));
        Assert.Equal(0, budget.Take(LookCost.NotRecorded, 15));
    }

    private static double Take(Limits limits, LookCost cost, double notifications = 0)
        => new SecondBudget(limits, notifications).Take(cost, 1000);
}
