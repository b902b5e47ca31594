using Azure.Messaging.ServiceBus.Amqp;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>Sends messages to one queue. Safe for concurrent use: sends share one link and do not wait for each other.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    private readonly ServiceBusConnection _connection;
    private readonly AmqpSender _inner;
    private readonly string _identifier;
    private readonly string _entityPath;
    private volatile bool _closed;

    /// <summary>For mocks.</summary>
    protected ServiceBusSender()
    {
    }

    /// <summary>For derived senders.</summary>
    /// <param name="client">The client whose connection to use.</param>
    /// <param name="queueOrTopicName">The queue.</param>
    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName)
        : this(queueOrTopicName, Check.NotNull(client, nameof(client)).Connection, new ServiceBusSenderOptions())
    {
    }

    /// <summary>For derived senders.</summary>
    /// <param name="client">The client whose connection to use.</param>
    /// <param name="queueOrTopicName">The queue.</param>
    /// <param name="options">The sender's options.</param>
    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName, ServiceBusSenderOptions options)
        : this(queueOrTopicName, Check.NotNull(client, nameof(client)).Connection, options)
    {
    }

    internal ServiceBusSender(string entityPath, ServiceBusConnection connection, ServiceBusSenderOptions options)
    {
        Check.NotNullOrWhiteSpace(entityPath, nameof(entityPath));
        connection.ThrowIfClosed();
        _connection = connection;
        _entityPath = entityPath;
        _identifier = string.IsNullOrEmpty(options?.Identifier) ? $"{entityPath}-{Guid.NewGuid():D}" : options.Identifier;
        _inner = new AmqpSender(connection, entityPath, _identifier);
    }

    /// <summary>The namespace.</summary>
    public virtual string FullyQualifiedNamespace => _connection.FullyQualifiedNamespace;

    /// <summary>The queue.</summary>
    public virtual string EntityPath => _entityPath;

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed => _closed;

    /// <summary>Its name in logs.</summary>
    public virtual string Identifier => _identifier;

    /// <summary>Sends a message; done when the broker has accepted it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives the attempt up; the broker may have it all the same.</param>
    /// <exception cref="ServiceBusException">It was refused, or could not be sent within the retries.</exception>
    public virtual async Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        Check.NotNull(message, nameof(message));
        ThrowIfClosed();
        Check.NotCanceled(cancellationToken);
        await _inner.SendAsync([message], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends messages as one batch, all or none.</summary>
    /// <param name="messages">The messages; nothing happens when there are none.</param>
    /// <param name="cancellationToken">Gives the attempt up; the broker may have them all the same.</param>
    /// <exception cref="ServiceBusException">They do not fit into one batch (MessageSizeExceeded), or as for one message.</exception>
    public virtual async Task SendMessagesAsync(
        IEnumerable<ServiceBusMessage> messages,
        CancellationToken cancellationToken = default)
    {
        Check.NotNull(messages, nameof(messages));
        ThrowIfClosed();
        Check.NotCanceled(cancellationToken);
        var list = messages as IReadOnlyCollection<ServiceBusMessage> ?? [.. messages];
        if (list.Count > 0)
        {
            await _inner.SendAsync(list, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes an empty batch of the size that the queue's link allows.</summary>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default)
        => CreateMessageBatchAsync(null, cancellationToken);

    /// <summary>Makes an empty batch.</summary>
    /// <param name="options">Its size limit.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is above what the link allows.</exception>
    public virtual async ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(
        CreateMessageBatchOptions options,
        CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        Check.NotCanceled(cancellationToken);
        var store = await _inner.CreateBatchStoreAsync(options?.MaxSizeInBytes, cancellationToken).ConfigureAwait(false);
        return new ServiceBusMessageBatch(store);
    }

    /// <summary>Sends a batch, all of its messages or none.</summary>
    /// <param name="messageBatch">The batch; nothing happens when it is empty.</param>
    /// <param name="cancellationToken">Gives the attempt up; the broker may have them all the same.</param>
    /// <exception cref="ServiceBusException">It was refused, or could not be sent within the retries.</exception>
    public virtual async Task SendMessagesAsync(
        ServiceBusMessageBatch messageBatch,
        CancellationToken cancellationToken = default)
    {
        Check.NotNull(messageBatch, nameof(messageBatch));
        ThrowIfClosed();
        Check.NotCanceled(cancellationToken);
        if (messageBatch.Count == 0)
        {
            return;
        }

        messageBatch.StartSending();
        try
        {
            await _inner.SendBatchAsync(messageBatch.Store, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            messageBatch.StopSending();
        }
    }

    /// <summary>Sends a message that enters the queue later.</summary>
    /// <param name="message">The message; its <see cref="ServiceBusMessage.ScheduledEnqueueTime"/> is set.</param>
    /// <param name="scheduledEnqueueTime">When.</param>
    /// <param name="cancellationToken">Gives the attempt up; the broker may have it all the same.</param>
    /// <returns>The number to cancel it by.</returns>
    public virtual async Task<long> ScheduleMessageAsync(
        ServiceBusMessage message,
        DateTimeOffset scheduledEnqueueTime,
        CancellationToken cancellationToken = default)
    {
        Check.NotNull(message, nameof(message));
        var numbers = await ScheduleMessagesAsync([message], scheduledEnqueueTime, cancellationToken).ConfigureAwait(false);
        return numbers[0];
    }

    /// <summary>Sends messages that enter the queue later, all or none.</summary>
    /// <param name="messages">The messages; their <see cref="ServiceBusMessage.ScheduledEnqueueTime"/> is set.</param>
    /// <param name="scheduledEnqueueTime">When.</param>
    /// <param name="cancellationToken">Gives the attempt up; the broker may have them all the same.</param>
    /// <returns>The numbers to cancel them by, in order.</returns>
    public virtual async Task<IReadOnlyList<long>> ScheduleMessagesAsync(
        IEnumerable<ServiceBusMessage> messages,
        DateTimeOffset scheduledEnqueueTime,
        CancellationToken cancellationToken = default)
    {
        Check.NotNull(messages, nameof(messages));
        ThrowIfClosed();
        Check.NotCanceled(cancellationToken);
        var list = messages as IReadOnlyCollection<ServiceBusMessage> ?? [.. messages];
        if (list.Count == 0)
        {
            return [];
        }

        foreach (var message in list)
        {
            message.ScheduledEnqueueTime = scheduledEnqueueTime.UtcDateTime;
        }

        return await _inner.ScheduleAsync(list, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a scheduled message back.</summary>
    /// <param name="sequenceNumber">Its number.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ServiceBusException">There is no such scheduled message (MessageNotFound).</exception>
    public virtual Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default)
        => CancelScheduledMessagesAsync([sequenceNumber], cancellationToken);

    /// <summary>Takes scheduled messages back.</summary>
    /// <param name="sequenceNumbers">Their numbers; nothing happens when there are none.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="ServiceBusException">One of them is no scheduled message (MessageNotFound).</exception>
    public virtual async Task CancelScheduledMessagesAsync(
        IEnumerable<long> sequenceNumbers,
        CancellationToken cancellationToken = default)
    {
        Check.NotNull(sequenceNumbers, nameof(sequenceNumbers));
        ThrowIfClosed();
        Check.NotCanceled(cancellationToken);
        long[] numbers = [.. sequenceNumbers];
        if (numbers.Length > 0)
        {
            await _inner.CancelScheduledAsync(numbers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes its link. Doing it again does nothing.</summary>
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

    private void ThrowIfClosed()
    {
        Check.NotClosed(_closed, nameof(ServiceBusSender));
        _connection.ThrowIfClosed();
    }
}
