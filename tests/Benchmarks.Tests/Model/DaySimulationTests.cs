using Benchmarks.Model;

namespace Benchmarks.Tests.Model;

public class DaySimulationTests
{
    private const double Ample = 1e9;
    private static readonly Limits Unlimited = new("", Ample, Ample, Ample, Ample);
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(36);

    [Fact]
    public void Without_limits_nothing_waits()
    {
        var day = DaySimulation.Run(1_000_000, new MeetingMix(), Unlimited, Horizon);

        Assert.Equal(0, day.WorstBacklog);
        Assert.Equal(TimeSpan.Zero, day.WorstLag);
    }

    [Fact]
    public void The_last_look_is_the_watch_of_the_last_meeting()
    {
        // Meetings end until 23:00; the watch comes eleven hours later.
        var day = DaySimulation.Run(1_000, new MeetingMix(RecordedShare: 1), Unlimited, Horizon);

        Assert.Equal(new TimeSpan(1, 9, 59, 59), day.DrainedAt);
    }

    [Fact]
    public void A_limit_makes_looks_wait_and_in_the_end_all_are_done()
    {
        var mix = new MeetingMix(RecordedShare: 0);
        var day = DaySimulation.Run(100_000, mix, Unlimited with { CallsPerApi = 2 }, Horizon);

        Assert.True(day.WorstBacklog > 1_000);
        Assert.True(day.WorstLag > day.MeanLag);
        Assert.NotNull(day.DrainedAt);
        Assert.Equal(0, day.Backlog[^1], 6);

        // 100,000 looks at two a second cannot take less, and the first meeting ends at seven.
        Assert.True(day.DrainedAt >= TimeSpan.FromHours(7) + TimeSpan.FromSeconds(50_000));
    }

    [Fact]
    public void What_cannot_be_done_in_time_is_said_to_be_left()
    {
        var day = DaySimulation.Run(100_000, new MeetingMix(RecordedShare: 0), Unlimited with { CallsPerApi = 0.5 }, TimeSpan.FromHours(24));

        Assert.Null(day.DrainedAt);
        Assert.True(day.Backlog[^1] > 50_000);
    }

    [Fact]
    public void A_backlog_is_told_for_every_minute()
        => Assert.Equal(36 * 60, DaySimulation.Run(1, new MeetingMix(), Unlimited, Horizon).Backlog.Count);
}
