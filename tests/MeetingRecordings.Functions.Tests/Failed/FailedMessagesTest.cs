using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace MeetingRecordings.Functions.Tests.Failed;

/// <summary>What lists, replays and drops failed messages, over two queues in memory.</summary>
public abstract class FailedMessagesTest : IAsyncDisposable
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    protected FailedMessagesTest()
    {
        var receivers = Receivers(Poison, DeadLetters);
        var sender = new SenderDouble(Take, static (count, _) => count < 1).Sender;
        List = new FailedMessageList(receivers, Clock);
        Replay = new FailedReplay(receivers, QueueOver.Sender(sender, Clock), new RecordingQueue(sender, Clock), Clock, ReplayLogger);
        Drop = new FailedDrop(receivers, Clock, DropLogger);
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Clock { get; } = new(Now);

    protected ReceiverDouble Poison { get; } = new();

    protected ReceiverDouble DeadLetters { get; } = new();

    protected FailedMessageList List { get; }

    protected FailedReplay Replay { get; }

    protected FailedDrop Drop { get; }

    protected ListLogger<FailedReplay> ReplayLogger { get; } = new();

    protected ListLogger<FailedDrop> DropLogger { get; } = new();

    protected List<ServiceBusMessage> Sent { get; } = [];

    protected Func<ServiceBusMessage, Exception?> SendFailure { get; set; } = static _ => null;

    public async ValueTask DisposeAsync()
    {
        await Poison.DisposeAsync();
        await DeadLetters.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client that hands out these receivers, and none that prefetches.</summary>
    internal static FailedReceivers Receivers(ReceiverDouble poison, ReceiverDouble deadLetters)
    {
        var client = new Mock<ServiceBusClient>(MockBehavior.Strict);
        client.Setup(c => c.CreateReceiver("poison")).Returns(poison);
        client
            .Setup(c => c.CreateReceiver("conferences", It.Is<ServiceBusReceiverOptions>(o => o.SubQueue == SubQueue.DeadLetter && o.PrefetchCount == 0)))
            .Returns(deadLetters);
        return new FailedReceivers(client.Object, new ServiceBusSettings(Mock.Of<IConfiguration>(), "conferences", "poison", "recordings"));
    }

    protected void Add(params long[] ids) => Array.ForEach(ids, id => Poison.Add(id));

    private Task Take(IReadOnlyList<ServiceBusMessage> messages)
    {
        if (messages.Select(SendFailure).FirstOrDefault(static e => e is not null) is { } failure)
        {
            return Task.FromException(failure);
        }

        lock (Sent)
        {
            Sent.AddRange(messages);
        }

        return Task.CompletedTask;
    }
}
