using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

public class SendAndReceiveTests
{
    [Fact]
    public void Messages_come_in_the_order_in_which_they_were_sent()
    {
        var test = new QueueUnderTest();

        test.Send("a", "b");
        test.Send("c");

        Assert.Equal(["a", "b", "c"], test.TakeAll());
    }

    [Fact]
    public void Sequence_numbers_start_at_one_and_rise_by_one()
    {
        var test = new QueueUnderTest();

        test.Queue.Send([QueueUnderTest.Message("a"), QueueUnderTest.Message("b")], out var first);
        test.Queue.Send([QueueUnderTest.Message("c")], out var second);

        Assert.Equal([1L, 2L], first);
        Assert.Equal([3L], second);
    }

    [Fact]
    public void A_message_that_is_received_and_deleted_is_gone()
    {
        var test = new QueueUnderTest();
        test.Send("a");

        Assert.Equal("a", test.Take(ReceiveMode.ReceiveAndDelete).Content.MessageId);

        Assert.Equal(new QueueCounts(0, 0, 0, 0), test.Queue.Counts);
        Assert.Empty(test.Queue.Peek(0, 10));
    }

    [Fact]
    public void A_locked_message_is_handed_out_to_nobody_else()
    {
        var test = new QueueUnderTest();
        test.Send("a");

        test.Take();

        Assert.False(test.Queue.TryTake(ReceiveMode.PeekLock, whoWaits: null, out _));
        Assert.Equal(new QueueCounts(Active: 0, Scheduled: 0, DeadLettered: 0, Locked: 1), test.Queue.Counts);
    }

    [Fact]
    public void A_completed_message_is_gone_and_cannot_be_completed_again()
    {
        var test = new QueueUnderTest();
        test.Send("a");
        var message = test.Take();

        Assert.Equal(SettleOutcome.Applied, test.Queue.Complete(message.LockToken));
        Assert.Equal(SettleOutcome.LockLost, test.Queue.Complete(message.LockToken));

        Assert.Equal(new QueueCounts(0, 0, 0, 0), test.Queue.Counts);
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_refused_whole_and_fits_when_room_was_made()
    {
        var test = new QueueUnderTest(static options => options with { MaxSizeInBytes = 250 });
        test.Send("a");

        Assert.Equal(SendOutcome.QueueFull, test.Queue.Send([QueueUnderTest.Message("b"), QueueUnderTest.Message("c")]));
        Assert.Equal(1, test.Queue.Counts.Active);

        test.Queue.Complete(test.Take().LockToken);
        test.Send("b", "c");
    }

    [Fact]
    public void Dead_letters_and_scheduled_messages_count_against_the_queues_size()
    {
        var test = new QueueUnderTest(static options => options with { MaxSizeInBytes = 250 });
        test.Send("a");
        test.Queue.DeadLetter(test.Take().LockToken, "why", null);
        test.Schedule("b", TimeSpan.FromHours(1));

        Assert.Equal(SendOutcome.QueueFull, test.Queue.Send([QueueUnderTest.Message("c")]));

        test.DeadLetters.Complete(test.TakeDeadLetter().LockToken);
        test.Send("c");
    }

    [Fact]
    public void A_message_over_the_size_limit_is_refused()
    {
        var test = new QueueUnderTest(static options => options with { MaxMessageSizeInBytes = 1000 });

        Assert.Equal(SendOutcome.MessageTooLarge, test.Queue.Send([QueueUnderTest.Message("a", size: 1001)]));
        Assert.Equal(SendOutcome.Accepted, test.Queue.Send([QueueUnderTest.Message("a", size: 1000)]));
    }

    [Fact]
    public void A_million_messages_are_taken_and_completed_in_order()
    {
        const int Count = 1_000_000;
        var test = new QueueUnderTest(static options => options with { MaxSizeInBytes = long.MaxValue });
        var content = QueueUnderTest.Message("same");
        for (var i = 0; i < Count; i += 1000)
        {
            test.Queue.Send([.. Enumerable.Repeat(content, 1000)]);
        }

        for (var i = 1; i <= Count; i++)
        {
            var message = test.Take();
            Assert.Equal(i, message.SequenceNumber);
            Assert.Equal(SettleOutcome.Applied, test.Queue.Complete(message.LockToken));
        }

        Assert.Equal(new QueueCounts(0, 0, 0, 0), test.Queue.Counts);
    }
}
