using Support.Crashes;

namespace EndToEnd.Tests.Crashes;

public sealed class CrashCasesTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_step_that_the_app_passes_is_one_at_which_it_is_killed_or_a_reason_says_why_not()
    {
        var passed = new HashSet<CrashStep>();
        foreach (var create in CrashCases.Scenarios)
        {
            passed.UnionWith(await PassedInAsync(create()));
        }

        var tested = CrashCases.All.SelectMany(static one => one.Kills).Select(static kill => kill.Step).ToHashSet();
        AssertNone(
            "These steps are neither in CrashCases.All nor in CrashCases.None",
            passed.Except(tested).Where(static step => !CrashCases.None.Any(none => none.Covers(step))));
        AssertNone("These steps of CrashCases.All are passed by no scenario", tested.Except(passed));
        Assert.All(CrashCases.None, none => Assert.True(none.MayNotHappen || passed.Any(none.Covers), $"No scenario has {none.Exchange}."));
    }

    private static void AssertNone(string what, IEnumerable<CrashStep> steps)
        => Assert.True(!steps.Any(), $"{what}:{string.Concat(steps.Select(static step => $"{Environment.NewLine}{step}").Order())}");

    private async Task<IReadOnlyCollection<CrashStep>> PassedInAsync(Scenario scenario)
    {
        using var disposeScenario = scenario as IDisposable;
        await using var site = await CrashSite.StartAsync(azurite, scenario);
        await site.LiveAsync();
        var passed = site.Services.Wire.Passed;
        await site.AssertOneEndEachAsync();
        return passed;
    }
}
