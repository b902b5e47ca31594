using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Tests.Fetching;

public sealed class FirstLookPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly FirstLookPolicy Policy = new(new RecoveryOptions());

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-4, 6)]
    [InlineData(-10, 0)]
    [InlineData(-100_000, 0)]
    [InlineData(5, 10)]
    [InlineData(100_000, 10)]
    [InlineData(null, 0)]
    public void A_meeting_is_looked_at_ten_minutes_after_its_end_and_never_later_than_ten_from_now(int? endMinutes, double expected)
    {
        foreach (var trigger in new[] { Trigger.MeetingEnded, Trigger.Backfill })
        {
            var message = new ConferenceMessage("conf-1", null, null, endMinutes is { } minutes ? Now.AddMinutes(minutes) : null, trigger);

            Assert.Equal(TimeSpan.FromMinutes(expected), Policy.WaitFor(message, Now));
        }
    }

    [Fact]
    public void Nothing_is_waited_for_beyond_the_maximum_age()
    {
        var policy = new FirstLookPolicy(new RecoveryOptions
        {
            FirstLookAfter = TimeSpan.FromDays(8),
            WatchAfter = TimeSpan.FromDays(9),
            MaxAge = TimeSpan.FromDays(7),
        });

        foreach (var trigger in new[] { Trigger.MeetingEnded, Trigger.SummaryReady, Trigger.Watch })
        {
            Assert.Equal(TimeSpan.FromDays(7), policy.WaitFor(new ConferenceMessage("conf-1", null, null, Now, trigger), Now));
        }
    }

    [Theory]
    [InlineData(Trigger.RecordingReady, 0)]
    [InlineData(Trigger.Replay, 0)]
    [InlineData(Trigger.Recheck, 0)]
    [InlineData(Trigger.SummaryReady, 10)]
    public void What_does_not_count_from_the_end_has_its_own_wait(Trigger trigger, double minutes)
        => Assert.Equal(TimeSpan.FromMinutes(minutes), Policy.WaitFor(new ConferenceMessage("conf-1", null, null, Now, trigger), Now));

    [Theory]
    [InlineData(0, 12)]
    [InlineData(-2, 10)]
    [InlineData(-13, 0)]
    [InlineData(3, 12)]
    [InlineData(null, 12)]
    public void A_watch_is_due_half_a_day_after_the_start(int? startHours, double expected)
    {
        var startedAt = startHours is { } hours ? Now.AddHours(hours) : (DateTimeOffset?)null;
        var watch = new ConferenceMessage("conf-1", null, null, null, Trigger.Watch) { Meeting = new MeetingDetails { StartedAt = startedAt } };

        Assert.Equal(TimeSpan.FromHours(expected), Policy.WaitFor(watch, Now));
    }

    [Fact]
    public void Only_the_watch_can_be_unwanted()
    {
        var off = new FirstLookPolicy(new RecoveryOptions { WatchAfter = null });
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            var message = new ConferenceMessage("conf-1", null, null, null, trigger);
            Assert.Equal(trigger != Trigger.Watch, off.IsWanted(message));
            Assert.True(Policy.IsWanted(message));
        }
    }
}
