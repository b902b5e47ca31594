using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

public class LockTests
{
    private static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_lock_lasts_the_queues_lock_duration_to_the_millisecond()
    {
        var test = new QueueUnderTest();
        test.Send("a");
        var message = test.Take();
        Assert.Equal(QueueUnderTest.Start + LockDuration, message.LockedUntil);

        test.Clock.Advance(LockDuration - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, test.Queue.Counts.Locked);

        test.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new QueueCounts(Active: 1, Scheduled: 0, DeadLettered: 0, Locked: 0), test.Queue.Counts);
    }

    [Fact]
    public void A_message_whose_lock_ran_out_comes_again_before_newer_ones_with_its_delivery_count_raised()
    {
        var test = new QueueUnderTest();
        test.Send("a", "b", "c");
        test.Take();
        test.Take();

        test.Clock.Advance(LockDuration);

        var first = test.Take();
        Assert.Equal(("a", 1), (first.Content.MessageId, first.DeliveryCount));
        Assert.Equal(["b", "c"], test.TakeAll());
    }

    [Fact]
    public void Settling_or_renewing_after_the_lock_ran_out_is_answered_lock_lost()
    {
        var test = new QueueUnderTest();
        test.Send("a");
        var token = test.Take().LockToken;
        test.Clock.Advance(LockDuration);

        Assert.Equal(SettleOutcome.LockLost, test.Queue.Complete(token));
        Assert.Equal(SettleOutcome.LockLost, test.Queue.Abandon(token));
        Assert.Equal(SettleOutcome.LockLost, test.Queue.Release(token));
        Assert.Equal(SettleOutcome.LockLost, test.Queue.DeadLetter(token, null, null));
        Assert.Null(test.Queue.Renew(token));
    }

    [Fact]
    public void A_renewed_lock_lasts_a_full_lock_duration_from_then()
    {
        var test = new QueueUnderTest();
        test.Send("a", "b");
        var renewed = test.Take();
        test.Take();
        test.Clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(QueueUnderTest.Start + TimeSpan.FromSeconds(100), test.Queue.Renew(renewed.LockToken));

        test.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(["b"], test.TakeAll());
        Assert.Equal(SettleOutcome.Applied, test.Queue.Complete(renewed.LockToken));
    }

    [Fact]
    public void Abandon_gives_the_message_back_at_once_with_changed_properties()
    {
        var test = new QueueUnderTest();
        test.Send("a");

        test.Queue.Abandon(test.Take().LockToken, new Dictionary<string, object?> { ["x"] = 1 });
        test.Queue.Abandon(test.Take().LockToken, new Dictionary<string, object?> { ["y"] = 2 });

        var again = test.Take();
        Assert.Equal(2, again.DeliveryCount);
        Assert.Equal(new Dictionary<string, object?> { ["x"] = 1, ["y"] = 2 }, again.ChangedProperties);
    }

    [Fact]
    public void A_released_message_comes_again_with_its_delivery_count_unchanged()
    {
        var test = new QueueUnderTest();
        test.Send("a", "b");

        Assert.Equal(SettleOutcome.Applied, test.Queue.Release(test.Take().LockToken));

        var again = test.Take();
        Assert.Equal(("a", 0), (again.Content.MessageId, again.DeliveryCount));
    }

    [Fact]
    public void Losing_every_lock_gives_all_messages_back()
    {
        var test = new QueueUnderTest();
        test.Send("a", "b");
        var token = test.Take().LockToken;
        test.Take();

        test.Queue.LoseLocks();

        Assert.Equal(SettleOutcome.LockLost, test.Queue.Complete(token));
        Assert.Equal(["a", "b"], test.TakeAll());
    }

    [Fact]
    public void A_message_scripted_to_be_delivered_twice_is_there_under_two_locks()
    {
        var test = new QueueUnderTest();
        test.Send("a");
        test.Queue.DeliverTwice(1);

        var first = test.Take();
        var second = test.Take();

        Assert.Equal(first.SequenceNumber, second.SequenceNumber);
        Assert.NotEqual(first.LockToken, second.LockToken);
        Assert.Equal(SettleOutcome.Applied, test.Queue.Complete(first.LockToken));
        Assert.Equal(SettleOutcome.Applied, test.Queue.Complete(second.LockToken));
        Assert.Equal(new QueueCounts(0, 0, 0, 0), test.Queue.Counts);
    }
}
