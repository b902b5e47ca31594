using Amqp;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Sends to one queue, over a link for messages and one for operations.</summary>
internal sealed class AmqpSender(ServiceBusConnection connection, string entityPath, string identifier)
{
    /// <summary>The largest batch, whatever the link takes as one message.</summary>
    private const long MaxBatchSize = 1024 * 1024;

    private readonly OnDemand<SendLink> _link = connection.Scope.SendLinkTo(entityPath, identifier);
    private readonly ManagementNode _management = new(connection.Scope, entityPath);

    /// <summary>Sends one message as such, several as a batch.</summary>
    public Task SendAsync(IReadOnlyCollection<ServiceBusMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 1)
        {
            var message = messages.First();
            return SendAsync(() => MessageEncoder.ToAmqp(message), cancellationToken);
        }

        var batch = new EncodedBatchStore(long.MaxValue);
        foreach (var message in messages)
        {
            batch.TryAdd(message);
        }

        return SendAsync(batch.ToAmqp, cancellationToken);
    }

    public Task SendBatchAsync(IBatchStore batch, CancellationToken cancellationToken)
        => batch is EncodedBatchStore encoded
            ? SendAsync(encoded.ToAmqp, cancellationToken)
            : throw new NotSupportedException("The batch was not made by a sender.");

    public Task<IBatchStore> CreateBatchStoreAsync(long? maxSizeInBytes, CancellationToken cancellationToken)
        => connection.Retry.RunAsync<IBatchStore>(
            async (_, token) =>
            {
                var link = await _link.GetAsync(token).ConfigureAwait(false);
                var limit = Math.Min(link.MaxMessageSize, MaxBatchSize);
                return new EncodedBatchStore(maxSizeInBytes is { } size
                    ? Check.InRange(size, CreateMessageBatchOptions.MinimumBatchSizeLimit, limit, nameof(CreateMessageBatchOptions.MaxSizeInBytes))
                    : limit);
            },
            cancellationToken);

    public Task<IReadOnlyList<long>> ScheduleAsync(IReadOnlyCollection<ServiceBusMessage> messages, CancellationToken cancellationToken)
        => connection.Retry.RunAsync((timeout, token) => _management.ScheduleAsync(messages, timeout, token), cancellationToken);

    public Task CancelScheduledAsync(long[] numbers, CancellationToken cancellationToken)
        => connection.Retry.RunAsync(
            async (timeout, token) =>
            {
                await _management.CancelScheduledAsync(numbers, timeout, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _link.CloseAsync(cancellationToken).ConfigureAwait(false);
        await _management.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> SendAsync(Func<Message> encode, CancellationToken cancellationToken)
        => connection.Retry.RunAsync(
            async (_, token) =>
            {
                var link = await _link.GetAsync(token).ConfigureAwait(false);
                var message = encode();
                ThrowIfTooLarge(message, link.MaxMessageSize);
                await link.SendAsync(message, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private void ThrowIfTooLarge(Message message, long limit)
    {
        // The estimate counts the body exactly, and the rest of a message is rarely large: encode only what is near the limit.
        if (message.GetEstimatedMessageSize() > limit / 2 && message.Encode().Length is var size && size > limit)
        {
            throw new ServiceBusException(
                $"The message is too large to be sent: it takes {size} bytes, and the queue's limit is {limit}.",
                ServiceBusFailureReason.MessageSizeExceeded,
                entityPath);
        }
    }
}
