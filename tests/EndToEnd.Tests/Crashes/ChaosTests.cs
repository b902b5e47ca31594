using Support.Chaos;

namespace EndToEnd.Tests.Crashes;

public sealed class ChaosTests
{
    private static readonly ChaosOptions Short = new(Meetings: 300, Seed: 1)
    {
        MinuteLimits = false,
        MaxDisruptions = 7,
        Deadline = TimeSpan.FromMinutes(5),
    };

    [Fact]
    public async Task Whatever_fails_and_whenever_the_host_is_killed_nothing_is_lost_doubled_or_wrong()
    {
        var output = new StringWriter();

        var report = await new ChaosRun(Short, output).RunAsync(TestContext.Current.CancellationToken);

        report.Print(output);
        Assert.True(report.IsGood, output.ToString());
        Assert.True(report.Kills > 0);
        Assert.True(report.OnlyBegun > 0);
        Assert.True(report.Poisoned > 0);
        Assert.True(report.DeadLettered > 0);
    }

    [Fact]
    public void A_seed_gives_the_same_schedule_again_and_another_seed_another()
    {
        var (once, again) = (ChaosSchedule.Create(Short), ChaosSchedule.Create(Short));
        var other = ChaosSchedule.Create(Short with { Seed = 2 });

        Assert.Equal(once.Fates, again.Fates);
        Assert.Equal(once.Pushes, again.Pushes);
        Assert.NotEqual(once.Pushes, other.Pushes);
        Assert.Equal(ChaosSchedule.Disruptions(1).Take(100), ChaosSchedule.Disruptions(1).Take(100));
        Assert.NotEqual(ChaosSchedule.Disruptions(1).Take(100), ChaosSchedule.Disruptions(2).Take(100));
    }
}
