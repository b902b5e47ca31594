using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

public class SchedulingTests
{
    [Fact]
    public void A_scheduled_message_is_there_when_its_time_has_come_and_no_sooner()
    {
        var test = new QueueUnderTest();
        test.Schedule("a", TimeSpan.FromMinutes(5));

        test.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(test.TakeAll());
        Assert.Equal(1, test.Queue.Counts.Scheduled);

        test.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a"], test.TakeAll());
        Assert.Equal(0, test.Queue.Counts.Scheduled);
    }

    [Fact]
    public void Scheduled_messages_become_active_in_the_order_of_their_times_with_new_sequence_numbers()
    {
        var test = new QueueUnderTest();
        test.Schedule("late", TimeSpan.FromMinutes(3));
        test.Schedule("early", TimeSpan.FromMinutes(1));
        test.Send("now");
        test.Clock.Advance(TimeSpan.FromMinutes(3));

        var messages = test.Queue.Peek(0, 10);

        Assert.Equal(["now", "early", "late"], messages.Select(static message => message.Content.MessageId!));
        Assert.Equal([3L, 4L, 5L], messages.Select(static message => message.SequenceNumber));
        Assert.Equal(QueueUnderTest.Start + TimeSpan.FromMinutes(3), messages[2].EnqueuedTime);
    }

    [Fact]
    public void A_time_in_the_past_means_now()
    {
        var test = new QueueUnderTest();

        test.Schedule("a", TimeSpan.FromSeconds(-1));

        Assert.Equal(["a"], test.TakeAll());
    }

    [Fact]
    public void A_cancelled_message_never_comes_and_cannot_be_cancelled_again()
    {
        var test = new QueueUnderTest();
        var number = test.Schedule("a", TimeSpan.FromMinutes(1));

        Assert.True(test.Queue.Cancel([number]));
        Assert.False(test.Queue.Cancel([number]));

        test.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new QueueCounts(0, 0, 0, 0), test.Queue.Counts);
    }

    [Fact]
    public void Cancelling_several_cancels_none_when_one_of_them_is_active()
    {
        var test = new QueueUnderTest();
        test.Send("active");
        var number = test.Schedule("a", TimeSpan.FromMinutes(1));

        Assert.False(test.Queue.Cancel([number, 1]));

        Assert.Equal(1, test.Queue.Counts.Scheduled);
    }

    [Fact]
    public void A_message_scheduled_for_next_year_comes_next_year()
    {
        var test = new QueueUnderTest();
        test.Schedule("a", TimeSpan.FromDays(365));

        test.Clock.Advance(TimeSpan.FromDays(364));
        Assert.Empty(test.TakeAll());
        test.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(["a"], test.TakeAll());
    }

    [Fact]
    public void A_waiting_consumer_is_woken_when_a_scheduled_message_is_due()
    {
        var test = new QueueUnderTest();
        var consumer = new CountingConsumer();
        test.Schedule("a", TimeSpan.FromMinutes(1));
        Assert.False(test.Queue.TryTake(ReceiveMode.PeekLock, consumer, out _));

        test.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, consumer.Wakes);
    }
}
