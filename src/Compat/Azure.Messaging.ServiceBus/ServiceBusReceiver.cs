using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus.Amqp;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives messages of one queue and settles them. Safe for concurrent use.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    private readonly ServiceBusConnection _connection;
    private readonly AmqpReceiver _inner;
    private readonly string _entityPath;
    private readonly string _identifier;
    private readonly ServiceBusReceiveMode _receiveMode;
    private volatile bool _closed;

    /// <summary>For mocks.</summary>
    protected ServiceBusReceiver()
    {
    }

    /// <summary>For derived receivers.</summary>
    /// <param name="client">The client whose connection to use.</param>
    /// <param name="queueName">The queue.</param>
    /// <param name="options">The receiver's options.</param>
    protected ServiceBusReceiver(ServiceBusClient client, string queueName, ServiceBusReceiverOptions options)
        : this(Check.NotNull(client, nameof(client)).Connection, queueName, options)
    {
    }

    internal ServiceBusReceiver(ServiceBusConnection connection, string entityPath, ServiceBusReceiverOptions options)
    {
        Check.NotNullOrWhiteSpace(entityPath, nameof(entityPath));
        connection.ThrowIfClosed();
        options = options?.Clone() ?? new ServiceBusReceiverOptions();
        _connection = connection;
        _entityPath = EntityPaths.Of(entityPath, options.SubQueue);
        _identifier = string.IsNullOrEmpty(options.Identifier) ? $"{_entityPath}-{Guid.NewGuid():D}" : options.Identifier;
        _receiveMode = options.ReceiveMode;
        _inner = new AmqpReceiver(connection, _entityPath, _identifier, _receiveMode, options.PrefetchCount);
    }

    /// <summary>The namespace.</summary>
    public virtual string FullyQualifiedNamespace => _connection.FullyQualifiedNamespace;

    /// <summary>The queue, with its sub-queue.</summary>
    public virtual string EntityPath => _entityPath;

    /// <summary>When a received message leaves the queue.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode => _receiveMode;

    /// <summary>Messages to hold locally ahead of a receive.</summary>
    public virtual int PrefetchCount => _inner.PrefetchCount;

    /// <summary>Its name in logs.</summary>
    public virtual string Identifier => _identifier;

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed => _closed;

    /// <summary>Receives what there is, waiting for the first message only.</summary>
    /// <param name="maxMessages">The most messages to receive, at least 1. Fewer may come.</param>
    /// <param name="maxWaitTime">How long to wait for the first. Default: the retry options' TryTimeout.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The messages in the queue's order; none when none came in time.</returns>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages,
        TimeSpan? maxWaitTime = default,
        CancellationToken cancellationToken = default)
    {
        Check.AtLeast(maxMessages, 1, nameof(maxMessages));
        ThrowIfClosed();
        if (maxWaitTime is { } wait)
        {
            // Without prefetching, nothing can have come before the call: a wait of zero would never see a message.
            _ = PrefetchCount > 0 ? Check.NotNegative(wait, nameof(maxWaitTime)) : Check.Positive(wait, nameof(maxWaitTime));
        }

        Check.NotCanceled(cancellationToken);
        return await _inner.ReceiveAsync(maxMessages, maxWaitTime, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Receives messages as they come, until it is canceled.</summary>
    /// <param name="cancellationToken">Ends it, with a <see cref="TaskCanceledException"/>.</param>
    public virtual async IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await ReceiveMessageAsync(null, cancellationToken).ConfigureAwait(false) is { } message)
            {
                yield return message;
            }
        }

        throw new TaskCanceledException();
    }

    /// <summary>Receives a message.</summary>
    /// <param name="maxWaitTime">How long to wait for it. Default: the retry options' TryTimeout.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The message; null when none came in time.</returns>
    public virtual async Task<ServiceBusReceivedMessage> ReceiveMessageAsync(
        TimeSpan? maxWaitTime = default,
        CancellationToken cancellationToken = default)
    {
        var messages = await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken).ConfigureAwait(false);
        return messages.Count > 0 ? messages[0] : null;
    }

    /// <summary>Looks at a message without taking it.</summary>
    /// <param name="fromSequenceNumber">Where to start. Default: after the last message that this receiver peeked.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The message; null when there is none.</returns>
    public virtual async Task<ServiceBusReceivedMessage> PeekMessageAsync(
        long? fromSequenceNumber = default,
        CancellationToken cancellationToken = default)
    {
        var messages = await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken).ConfigureAwait(false);
        return messages.Count > 0 ? messages[0] : null;
    }

    /// <summary>Looks at messages without taking them: active, locked and scheduled ones.</summary>
    /// <param name="maxMessages">The most messages to see, at least 1. Fewer may come.</param>
    /// <param name="fromSequenceNumber">Where to start. Default: after the last message that this receiver peeked.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages,
        long? fromSequenceNumber = default,
        CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        Check.AtLeast(maxMessages, 1, nameof(maxMessages));
        Check.NotCanceled(cancellationToken);
        return await _inner.PeekAsync(maxMessages, fromSequenceNumber, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a received message from the queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ServiceBusException">Its lock has ended (MessageLockLost).</exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => SettleAsync(message, Disposition.Complete, cancellationToken);

    /// <summary>Gives a received message back to the queue, to be delivered again at once.</summary>
    /// <param name="message">The message.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ServiceBusException">Its lock has ended (MessageLockLost).</exception>
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default)
        => SettleAsync(message, Disposition.Abandon(propertiesToModify), cancellationToken);

    /// <summary>Moves a received message to the dead-letter queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ServiceBusException">Its lock has ended (MessageLockLost).</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default)
        => SettleAsync(message, Disposition.DeadLetter(propertiesToModify, null, null), cancellationToken);

    /// <summary>Moves a received message to the dead-letter queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="deadLetterReason">Why, in one word; at most 4,096 characters.</param>
    /// <param name="deadLetterErrorDescription">Why, in a sentence; at most 4,096 characters.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ServiceBusException">Its lock has ended (MessageLockLost).</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        string deadLetterReason,
        string deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
        => SettleAsync(message, Disposition.DeadLetter(null, deadLetterReason, deadLetterErrorDescription), cancellationToken);

    /// <summary>Moves a received message to the dead-letter queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="deadLetterReason">Why, in one word; at most 4,096 characters.</param>
    /// <param name="deadLetterErrorDescription">Why, in a sentence; at most 4,096 characters.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="InvalidOperationException">The properties name another reason or description.</exception>
    /// <exception cref="ServiceBusException">Its lock has ended (MessageLockLost).</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify,
        string deadLetterReason,
        string deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
        => SettleAsync(
            message,
            Disposition.DeadLetter(propertiesToModify, deadLetterReason, deadLetterErrorDescription),
            cancellationToken);

    /// <summary>Renews the lock on a message for the queue's lock duration; sets its <see cref="ServiceBusReceivedMessage.LockedUntil"/>.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ServiceBusException">Its lock has ended (MessageLockLost).</exception>
    public virtual async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        Check.NotNull(message, nameof(message));
        ThrowIfClosed();
        ThrowIfNotPeekLock();
        Check.NotCanceled(cancellationToken);
        message.LockedUntil = await _inner.RenewLockAsync(message.LockTokenGuid, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes its link; messages that it holds stay locked until their locks end. Doing it again does nothing.</summary>
    /// <param name="cancellationToken">Does not wait for the broker's answer any longer.</param>
    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _closed = true;
        if (_inner is not null)
        {
            await _inner.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="CloseAsync"/>.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    internal void UpdatePrefetchCount(int prefetchCount) => _inner.PrefetchCount = prefetchCount;

    private async Task SettleAsync(ServiceBusReceivedMessage message, Disposition disposition, CancellationToken cancellationToken)
    {
        Check.NotNull(message, nameof(message));
        ThrowIfClosed();
        ThrowIfNotPeekLock();
        Check.NotCanceled(cancellationToken);
        await _inner.SettleAsync(message.LockTokenGuid, disposition, cancellationToken).ConfigureAwait(false);
    }

    private void ThrowIfNotPeekLock()
    {
        if (_receiveMode != ServiceBusReceiveMode.PeekLock)
        {
            throw new InvalidOperationException("The operation is only supported in 'PeekLock' receive mode.");
        }
    }

    private void ThrowIfClosed()
    {
        Check.NotClosed(_closed, nameof(ServiceBusReceiver));
        _connection.ThrowIfClosed();
    }
}
