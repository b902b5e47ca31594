using Benchmarks.Model;

namespace Benchmarks.Tests.Model;

public class SecondBudgetTests
{
    private const double Ample = 1e9;

    [Fact]
    public void The_limit_of_one_API_binds_looks()
        => Assert.Equal(20, Take(new Limits("", 20, Ample, Ample, Ample), LookCost.Recorded));

    [Fact]
    public void The_limit_of_an_address_binds_calls()
        => Assert.Equal(50, Take(new Limits("", Ample, 100, Ample, Ample), LookCost.NotRecorded));

    [Fact]
    public void Credits_bind_after_those_that_accepting_takes()
        => Assert.Equal(30, Take(new Limits("", Ample, Ample, 100, Ample), LookCost.Recorded, notifications: 40));

    [Fact]
    public void The_storage_account_binds_what_reads_or_writes()
        => Assert.Equal(7, Take(new Limits("", Ample, Ample, Ample, 7), LookCost.Recorded));

    [Fact]
    public void What_does_neither_is_not_bound_by_it()
        => Assert.Equal(1000, Take(new Limits("", Ample, Ample, Ample, 7), LookCost.NotReadyYet));

    [Fact]
    public void What_was_taken_is_gone()
    {
        var budget = new SecondBudget(new Limits("", 20, Ample, Ample, Ample), 0);

        Assert.Equal(15, budget.Take(LookCost.Recorded, 15));
        Assert.Equal(5, budget.Take(LookCost.SecondLook, 15));
        Assert.Equal(0, budget.Take(LookCost.SecondLook, 15));
    }

    private static double Take(Limits limits, LookCost cost, double notifications = 0)
        => new SecondBudget(limits, notifications).Take(cost, 1000);
}
