using Microsoft.Extensions.Time.Testing;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

/// <summary>A queue with a clock that stands still until it is moved.</summary>
internal sealed class QueueUnderTest
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    public QueueUnderTest(Func<QueueOptions, QueueOptions>? configure = null)
    {
        Clock = new FakeTimeProvider(Start);
        var options = new QueueOptions("q");
        Queue = new MessageQueue(configure is null ? options : configure(options), Clock);
    }

    public FakeTimeProvider Clock { get; }

    public MessageQueue Queue { get; }

    public MessageQueue DeadLetters => Queue.DeadLetters!;

    public static MessageContent Message(string id, TimeSpan? timeToLive = null, DateTimeOffset? dueAt = null, int size = 100) =>
        new() { MessageId = id, TimeToLive = timeToLive, ScheduledEnqueueTime = dueAt, SizeInBytes = size };

    public void Send(params string[] ids) => Assert.Equal(SendOutcome.Accepted, Queue.Send([.. ids.Select(static id => Message(id))]));

    public long Schedule(string id, TimeSpan delay)
    {
        Assert.Equal(SendOutcome.Accepted, Queue.Send([Message(id, dueAt: Clock.GetUtcNow() + delay)], out var numbers));
        return Assert.Single(numbers);
    }

    /// <summary>Takes the next message, which must be there.</summary>
    public MessageSnapshot Take(ReceiveMode mode = ReceiveMode.PeekLock) => TakeFrom(Queue, mode);

    public MessageSnapshot TakeDeadLetter() => TakeFrom(DeadLetters, ReceiveMode.PeekLock);

    /// <summary>The ids of every message that is ready, in the order in which they are handed out; takes them.</summary>
    public string[] TakeAll()
    {
        var ids = new List<string>();
        while (Queue.TryTake(ReceiveMode.PeekLock, whoWaits: null, out var message))
        {
            ids.Add(message.Content.MessageId!);
        }

        return [.. ids];
    }

    private static MessageSnapshot TakeFrom(MessageQueue queue, ReceiveMode mode)
    {
        Assert.True(queue.TryTake(mode, whoWaits: null, out var message), "A message was expected.");
        return message;
    }
}
