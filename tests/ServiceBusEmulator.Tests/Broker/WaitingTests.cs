using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

public class WaitingTests
{
    [Fact]
    public void As_many_consumers_are_woken_as_there_are_messages_and_the_longest_waiting_first()
    {
        var test = new QueueUnderTest();
        CountingConsumer[] consumers = [new(), new(), new()];
        foreach (var consumer in consumers)
        {
            Wait(test.Queue, consumer);
        }

        test.Send("a", "b");

        Assert.Equal([1, 1, 0], consumers.Select(static consumer => consumer.Wakes));
    }

    [Fact]
    public void A_consumer_that_waits_twice_is_woken_once()
    {
        var test = new QueueUnderTest();
        var consumer = new CountingConsumer();
        Wait(test.Queue, consumer);
        Wait(test.Queue, consumer);

        test.Send("a", "b");

        Assert.Equal(1, consumer.Wakes);
    }

    [Fact]
    public void A_consumer_that_gave_up_is_not_woken()
    {
        var test = new QueueUnderTest();
        var (gone, other) = (new CountingConsumer(), new CountingConsumer());
        Wait(test.Queue, gone);
        Wait(test.Queue, other);
        test.Queue.StopWaiting(gone);

        test.Send("a");

        Assert.Equal((0, 1), (gone.Wakes, other.Wakes));
    }

    [Fact]
    public void A_consumer_that_cannot_take_its_message_passes_it_on()
    {
        var test = new QueueUnderTest();
        var (woken, next) = (new CountingConsumer(), new CountingConsumer());
        Wait(test.Queue, woken);
        Wait(test.Queue, next);
        test.Send("a");

        test.Queue.WakeConsumers();

        Assert.Equal(1, next.Wakes);
    }

    [Fact]
    public void A_waiting_consumer_is_woken_when_a_lock_runs_out()
    {
        var test = new QueueUnderTest();
        test.Send("a");
        test.Take();
        var consumer = new CountingConsumer();
        Wait(test.Queue, consumer);

        test.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, consumer.Wakes);
    }

    [Fact]
    public void A_consumer_of_the_dead_letter_queue_is_woken_by_a_dead_letter()
    {
        var test = new QueueUnderTest();
        test.Send("a");
        var consumer = new CountingConsumer();
        Wait(test.DeadLetters, consumer);

        test.Queue.DeadLetter(test.Take().LockToken, null, null);

        Assert.Equal(1, consumer.Wakes);
    }

    private static void Wait(MessageQueue queue, CountingConsumer consumer) =>
        Assert.False(queue.TryTake(ReceiveMode.PeekLock, consumer, out _));
}
