using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Tests.Failed;

/// <summary>A receiver of an in-memory queue that hands messages out in their order, each to one holder at a time.</summary>
public sealed class ReceiverDouble : ServiceBusReceiver
{
    // Messages of a batch are settled at the same time.
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, ServiceBusReceivedMessage> _messages = [];
    private readonly HashSet<long> _locked = [];

    /// <summary>How often each message was let go.</summary>
    public Dictionary<long, int> Abandoned { get; } = [];

    /// <summary>What is left.</summary>
    public IReadOnlyCollection<long> Left => _messages.Keys;

    /// <summary>What nobody could receive now.</summary>
    public IReadOnlyCollection<long> Locked => _locked;

    /// <summary>How many messages were asked for by each receive.</summary>
    public List<int> Receives { get; } = [];

    /// <summary>Called before each receive.</summary>
    public Action BeforeReceive { get; set; } = static () => { };

    /// <summary>What completing a message throws.</summary>
    public Func<long, Exception?> CompleteFailure { get; set; } = static _ => null;

    public void Add(
        long sequenceNumber,
        string? body = null,
        Dictionary<string, object>? properties = null,
        DateTimeOffset enqueuedAt = default,
        ServiceBusMessageState state = ServiceBusMessageState.Active)
        => _messages.Add(sequenceNumber, ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString(body ?? $$"""{"conferenceId":"conf-{{sequenceNumber}}","unionId":"u","endedAt":"2026-11-23T07:00:00Z","trigger":"meetingEnded"}"""),
            messageId: $"conf-{sequenceNumber}:ended",
            properties: properties ?? [],
            lockTokenGuid: Guid.NewGuid(),
            sequenceNumber: sequenceNumber,
            enqueuedTime: enqueuedAt,
            serviceBusMessageState: state));

    /// <summary>Adds a message with a body of any form.</summary>
    public void Add(long sequenceNumber, AmqpMessageBody body) => _messages.Add(sequenceNumber, AmqpMessages.Create(sequenceNumber, body));

    /// <summary>Somebody else holds it.</summary>
    public void Lock(long sequenceNumber) => _locked.Add(sequenceNumber);

    /// <summary>Somebody else has settled it.</summary>
    public void Remove(long sequenceNumber) => _messages.Remove(sequenceNumber);

    /// <summary>Whether every peek begins with the oldest message.</summary>
    public bool IgnoresWhereToStart { get; set; }

    public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages,
        long? fromSequenceNumber = null,
        CancellationToken cancellationToken = default)
        => Task.FromResult<IReadOnlyList<ServiceBusReceivedMessage>>(
            [.. _messages.Values.Where(m => IgnoresWhereToStart || m.SequenceNumber >= fromSequenceNumber).Take(maxMessages)]);

    public override async Task<ServiceBusReceivedMessage> PeekMessageAsync(long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
        => await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken) is [var first, ..] ? first : null!;

    public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages,
        TimeSpan? maxWaitTime = null,
        CancellationToken cancellationToken = default)
    {
        BeforeReceive();
        cancellationToken.ThrowIfCancellationRequested();
        Receives.Add(maxMessages);
        lock (_gate)
        {
            ServiceBusReceivedMessage[] free = [.. _messages.Values.Where(m => !_locked.Contains(m.SequenceNumber)).Take(maxMessages)];
            _locked.UnionWith(free.Select(static m => m.SequenceNumber));
            return Task.FromResult<IReadOnlyList<ServiceBusReceivedMessage>>(free);
        }
    }

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        if (CompleteFailure(message.SequenceNumber) is { } failure)
        {
            return Task.FromException(failure);
        }

        lock (_gate)
        {
            Unlock(message);
            _messages.Remove(message.SequenceNumber);
        }

        return Task.CompletedTask;
    }

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Unlock(message);
            Abandoned[message.SequenceNumber] = Abandoned.GetValueOrDefault(message.SequenceNumber) + 1;
        }

        return Task.CompletedTask;
    }

    public override Task CloseAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private void Unlock(ServiceBusReceivedMessage message)
    {
        if (!_locked.Remove(message.SequenceNumber))
        {
            throw new ServiceBusException("no lock", ServiceBusFailureReason.MessageLockLost);
        }
    }
}
