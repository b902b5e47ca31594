using MeetingRecordings.Checkpoints;

namespace EndToEnd.Tests.Crashes;

public sealed class When_the_host_is_killed(AzuriteFixture azurite)
{
    private const int Killed = 128 + 9;

    /// <summary>Every step that the code names, so that a new one is tested, or fails here because nothing passes it.</summary>
    public static TheoryData<Checkpoint> Steps => [.. Enum.GetValues<Checkpoint>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task At_any_step_every_conference_comes_to_one_end_with_nothing_lost_or_doubled(Checkpoint step)
    {
        await using var site = await CrashSite.StartAsync(azurite);
        var sweeps = step == Checkpoint.SweepPageEnqueued;
        if (step == Checkpoint.ReplaySent)
        {
            await site.PoisonMeetingsAsync();
        }

        foreach (var passing in (int[])[1, sweeps ? 1 : 2])
        {
            await using var host = await site.StartHostAsync(step, passing, sweeps);
            await (step switch
            {
                Checkpoint.ReplaySent => site.ReplayUntilGoneAsync(),
                Checkpoint.SweepPageEnqueued => site.EndMeetingsUnheardAsync(),
                _ => site.EndMeetingsAsync(),
            });
            var exitCode = await host.ExitAsync(TestContext.Current.CancellationToken);
            Assert.True(OperatingSystem.IsWindows() || exitCode == Killed, $"The host ended by itself: {exitCode}.");
        }

        await using var last = await site.StartHostAsync(sweeps: sweeps);
        if (step == Checkpoint.ReplaySent)
        {
            await site.ReplayAllAsync();
        }

        await site.SettleAsync();
        await site.AssertOneEndEachAsync();
    }
}
