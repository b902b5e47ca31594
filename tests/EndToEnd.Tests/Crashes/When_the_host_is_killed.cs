using MeetingRecordings.Checkpoints;

namespace EndToEnd.Tests.Crashes;

public sealed class When_the_host_is_killed(AzuriteFixture azurite)
{
    private const int Killed = 128 + 9;

    /// <summary>Every step that the code names, so that a new one is tested, or fails here because nothing passes it.</summary>
    public static TheoryData<Checkpoint> Steps => [.. Enum.GetValues<Checkpoint>()];

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Steps))]
    public async Task At_any_step_every_conference_comes_to_one_end_with_nothing_lost_or_doubled(Checkpoint step)
    {
        await using var site = await CrashSite.StartAsync(azurite);
        await DieAsync(site, step, passing: 1);
        await DieAsync(site, step, passing: 2);

        await using var last = await site.StartHostAsync();
        await site.SettleAsync();

        await site.AssertOneEndEachAsync();
    }

    private static async Task DieAsync(CrashSite site, Checkpoint step, int passing)
    {
        await using var host = await site.StartHostAsync(step, passing);
        site.EndMeetings();
        var exitCode = await host.ExitAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Killed, exitCode);
        }
    }
}
