using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

public class TimeToLiveTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_message_whose_time_runs_out_is_dropped()
    {
        var test = new QueueUnderTest();
        test.Queue.Send([QueueUnderTest.Message("a", timeToLive: Minute), QueueUnderTest.Message("b")]);

        test.Clock.Advance(Minute);

        Assert.Equal(["b"], test.TakeAll());
        Assert.Equal(0, test.Queue.Counts.DeadLettered);
    }

    [Fact]
    public void A_message_whose_time_runs_out_is_dead_lettered_where_the_queue_says_so()
    {
        var test = new QueueUnderTest(static options => options with { DeadLetteringOnMessageExpiration = true });
        test.Queue.Send([QueueUnderTest.Message("a", timeToLive: Minute)]);

        test.Clock.Advance(Minute);

        var dead = test.TakeDeadLetter();
        Assert.Equal("TTLExpiredException", dead.ChangedProperties!["DeadLetterReason"]);
        Assert.Null(dead.ExpiresAt);
    }

    [Fact]
    public void The_queues_limit_holds_where_the_sender_asks_for_more_or_nothing()
    {
        var test = new QueueUnderTest(static options => options with { DefaultMessageTimeToLive = Minute });
        test.Queue.Send([QueueUnderTest.Message("more", timeToLive: 2 * Minute), QueueUnderTest.Message("nothing"), QueueUnderTest.Message("less", timeToLive: Minute / 2)]);

        test.Clock.Advance(Minute / 2);
        Assert.Equal(2, test.Queue.Counts.Active);
        test.Clock.Advance(Minute / 2);
        Assert.Equal(0, test.Queue.Counts.Active);
    }

    [Fact]
    public void A_locked_message_does_not_run_out_until_it_comes_back()
    {
        var test = new QueueUnderTest();
        test.Queue.Send([QueueUnderTest.Message("a", timeToLive: Minute / 2), QueueUnderTest.Message("b", timeToLive: Minute / 2)]);
        var (first, second) = (test.Take(), test.Take());
        test.Clock.Advance(Minute / 2);

        Assert.Equal(SettleOutcome.Applied, test.Queue.Complete(first.LockToken));
        Assert.Equal(SettleOutcome.Applied, test.Queue.Release(second.LockToken));

        Assert.Equal(new QueueCounts(0, 0, 0, 0), test.Queue.Counts);
    }

    [Fact]
    public void A_scheduled_messages_time_starts_when_it_becomes_active()
    {
        var test = new QueueUnderTest();
        test.Queue.Send([QueueUnderTest.Message("a", timeToLive: Minute, dueAt: QueueUnderTest.Start + 10 * Minute)]);

        test.Clock.Advance(10 * Minute);
        Assert.Equal(QueueUnderTest.Start + 11 * Minute, Assert.Single(test.Queue.Peek(0, 1)).ExpiresAt);

        test.Clock.Advance(Minute);
        Assert.Equal(0, test.Queue.Counts.Active);
    }
}
