namespace EndToEnd.Tests.Crashes;

public sealed class When_the_host_is_killed(AzuriteFixture azurite)
{
    // A label, for xunit cuts arguments short.
    public static IEnumerable<TheoryDataRow<string>> Exchanges
        => CrashCases.All.Select(static one => new TheoryDataRow<string>(one.Name) { Label = one.Name });

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task At_any_step_every_conference_comes_to_one_end_with_nothing_lost_or_doubled(string exchange)
    {
        var crash = CrashCases.All.Single(one => one.Name == exchange);
        var scenario = crash.Scenario();
        using var disposeScenario = scenario as IDisposable;
        await using var site = await CrashSite.StartAsync(azurite, scenario);

        foreach (var (step, passing) in crash.Kills)
        {
            await site.KillAsync(step, passing);
        }

        await site.FinishAsync();
        await site.AssertOneEndEachAsync();
    }
}
