namespace ServiceBusEmulator.Tests.Broker;

public class DuplicateDetectionTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly QueueUnderTest _test = new(static options => options with { RequiresDuplicateDetection = true });

    [Fact]
    public void An_id_seen_within_the_window_is_accepted_and_dropped()
    {
        _test.Send("a", "a", "b");

        Assert.Equal(["a", "b"], _test.TakeAll());
    }

    [Fact]
    public void An_id_whose_message_was_completed_long_since_is_dropped_all_the_same()
    {
        _test.Send("a");
        _test.Queue.Complete(_test.Take().LockToken);
        _test.Clock.Advance(Window - TimeSpan.FromMilliseconds(1));

        _test.Send("a");

        Assert.Empty(_test.TakeAll());
    }

    [Fact]
    public void The_window_runs_from_the_first_message_and_is_not_prolonged_by_duplicates()
    {
        _test.Send("a");
        _test.Queue.Complete(_test.Take().LockToken);
        _test.Clock.Advance(Window / 2);
        _test.Send("a");
        _test.Clock.Advance(Window / 2);

        _test.Send("a");

        Assert.Equal(["a"], _test.TakeAll());
    }

    [Fact]
    public void Scheduled_messages_count_from_when_they_were_sent()
    {
        _test.Schedule("a", TimeSpan.FromHours(1));
        _test.Schedule("a", TimeSpan.FromHours(2));
        _test.Send("a");

        Assert.Equal(new QueueCounts(Active: 0, Scheduled: 1, DeadLettered: 0, Locked: 0), _test.Queue.Counts);
        _test.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["a"], _test.TakeAll());
    }

    [Fact]
    public void Ids_differ_by_case()
    {
        _test.Send("a", "A");

        Assert.Equal(["a", "A"], _test.TakeAll());
    }

    [Fact]
    public void A_queue_without_duplicate_detection_takes_everything()
    {
        var test = new QueueUnderTest();

        test.Send("a", "a");

        Assert.Equal(["a", "a"], test.TakeAll());
    }
}
