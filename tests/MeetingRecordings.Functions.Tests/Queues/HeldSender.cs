using System.Collections.Concurrent;
using System.Threading.Channels;
using Azure.Messaging.ServiceBus;
using Moq;

namespace MeetingRecordings.Functions.Tests.Queues;

/// <summary>A sender whose sends wait until the test ends them one by one.</summary>
internal sealed class HeldSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<HeldSend> _sends = Channel.CreateUnbounded<HeldSend>();
    private readonly ConcurrentDictionary<ServiceBusMessageBatch, List<ServiceBusMessage>> _batches = [];
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _batchesMade;

    public HeldSender()
    {
        var sender = new Mock<ServiceBusSender>(MockBehavior.Strict);
        sender
            .Setup(s => s.CreateMessageBatchAsync(It.IsAny<CancellationToken>()))
            .Returns(async (CancellationToken token) =>
            {
                Interlocked.Increment(ref _batchesMade);
                await BeforeBatch(token);
                var messages = new List<ServiceBusMessage>();
                var batch = ServiceBusModelFactory.ServiceBusMessageBatch(1024, messages, tryAddCallback: message => Accepts(messages.Count, message));
                _batches[batch] = messages;
                return batch;
            });
        sender
            .Setup(s => s.SendMessagesAsync(It.IsAny<ServiceBusMessageBatch>(), It.IsAny<CancellationToken>()))
            .Returns((ServiceBusMessageBatch batch, CancellationToken token) => Hold([.. _batches[batch]], true, token));
        sender
            .Setup(s => s.SendMessageAsync(It.IsAny<ServiceBusMessage>(), It.IsAny<CancellationToken>()))
            .Returns((ServiceBusMessage message, CancellationToken token) => Hold([message], false, token));
        Sender = sender.Object;
    }

    public ServiceBusSender Sender { get; }

    public Func<CancellationToken, Task> BeforeBatch { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Whether a batch that holds so many messages takes another one.</summary>
    public Func<int, ServiceBusMessage, bool> Accepts { get; set; } = static (_, _) => true;

    public int BatchesMade => Volatile.Read(ref _batchesMade);

    /// <summary>The next send, in the order in which they were begun.</summary>
    public async Task<HeldSend> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return await _sends.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Ends every send, also those to come.</summary>
    public void LetGo() => _letGo.TrySetResult();

    private Task Hold(IReadOnlyList<ServiceBusMessage> messages, bool isBatch, CancellationToken token)
    {
        var send = new HeldSend(messages, isBatch, token);
        _sends.Writer.TryWrite(send);
        return Task.WhenAny(send.End, _letGo.Task).Unwrap();
    }
}
