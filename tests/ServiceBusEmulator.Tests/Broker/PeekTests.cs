using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

public class PeekTests
{
    [Fact]
    public void Peeking_shows_active_locked_and_scheduled_messages_by_sequence_number_and_takes_none()
    {
        var test = new QueueUnderTest();
        test.Send("locked", "active");
        test.Schedule("scheduled", TimeSpan.FromHours(1));
        test.Take();

        var messages = test.Queue.Peek(0, 10);

        Assert.Equal(
            [("locked", MessageState.Active), ("active", MessageState.Active), ("scheduled", MessageState.Scheduled)],
            messages.Select(static message => (message.Content.MessageId!, message.State)));
        Assert.Equal(new QueueCounts(Active: 1, Scheduled: 1, DeadLettered: 0, Locked: 1), test.Queue.Counts);
    }

    [Fact]
    public void Pages_follow_one_another_without_gap_or_overlap_though_messages_between_have_gone()
    {
        var test = new QueueUnderTest();
        test.Send([.. Enumerable.Range(1, 20).Select(static i => $"{i}")]);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            test.Take(ReceiveMode.ReceiveAndDelete);
        }

        var ids = new List<string>();
        var from = 0L;
        while (test.Queue.Peek(from, 4) is { Count: > 0 } page)
        {
            ids.AddRange(page.Select(static message => message.Content.MessageId!));
            from = page[^1].SequenceNumber + 1;
        }

        Assert.Equal(Enumerable.Range(6, 15).Select(static i => $"{i}"), ids);
    }
}
