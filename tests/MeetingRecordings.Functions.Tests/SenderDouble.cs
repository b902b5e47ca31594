using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Moq;

namespace MeetingRecordings.Functions.Tests;

/// <summary>A sender that hands on what is sent, alone or in a batch, and fails where the test says so.</summary>
public sealed class SenderDouble
{
    private readonly ConcurrentDictionary<ServiceBusMessageBatch, List<ServiceBusMessage>> _batches = [];

    /// <summary>Creates one.</summary>
    /// <param name="send">Is given the messages of each send; its task is the send's.</param>
    /// <param name="accepts">Whether a batch that holds so many messages takes another one.</param>
    public SenderDouble(Func<IReadOnlyList<ServiceBusMessage>, Task> send, Func<int, ServiceBusMessage, bool>? accepts = null)
    {
        var sender = new Mock<ServiceBusSender>(MockBehavior.Strict);
        sender
            .Setup(s => s.SendMessageAsync(It.IsAny<ServiceBusMessage>(), It.IsAny<CancellationToken>()))
            .Returns((ServiceBusMessage message, CancellationToken _) => send([message]));
        sender
            .Setup(s => s.CreateMessageBatchAsync(It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                var messages = new List<ServiceBusMessage>();
                var batch = ServiceBusModelFactory.ServiceBusMessageBatch(
                    1024, messages, tryAddCallback: message => accepts?.Invoke(messages.Count, message) ?? true);
                _batches[batch] = messages;
                return ValueTask.FromResult(batch);
            });
        sender
            .Setup(s => s.SendMessagesAsync(It.IsAny<ServiceBusMessageBatch>(), It.IsAny<CancellationToken>()))
            .Returns((ServiceBusMessageBatch batch, CancellationToken _) => send([.. _batches[batch]]));
        Sender = sender.Object;
    }

    /// <summary>The sender.</summary>
    public ServiceBusSender Sender { get; }
}
