using Amqp.Framing;
using Amqp.Types;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Receives from one queue, over a link for messages and one for operations.</summary>
internal sealed class AmqpReceiver(
    ServiceBusConnection connection,
    string entityPath,
    string identifier,
    ServiceBusReceiveMode mode,
    int prefetchCount)
{
    private static readonly Symbol DeadLetterCondition = "com.microsoft:dead-letter";

    private readonly OnDemand<ReceiveLink> _link = connection.Scope.ReceiveLinkTo(entityPath, identifier, mode);
    private readonly ManagementNode _management = new(connection.Scope, entityPath);
    private long _lastPeeked;

    public int PrefetchCount { get; set; } = prefetchCount;

    public Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan? maxWaitTime, CancellationToken cancellationToken)
        => connection.Retry.RunWithoutTimeoutAsync<IReadOnlyList<ServiceBusReceivedMessage>>(
            async (timeout, token) =>
            {
                var link = await _link.GetAsync(token).ConfigureAwait(false);
                link.SetPrefetch(PrefetchCount);
                var messages = await link.ReceiveAsync(maxMessages, maxWaitTime ?? timeout, token).ConfigureAwait(false);
                return messages.Count == 0 ? [] : messages.Select(MessageDecoder.FromLink).ToList();
            },
            cancellationToken);

    public Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(int maxMessages, long? fromSequenceNumber, CancellationToken cancellationToken)
        => connection.Retry.RunAsync(
            async (timeout, token) =>
            {
                var from = fromSequenceNumber ?? Interlocked.Read(ref _lastPeeked) + 1;
                var messages = await _management.PeekAsync(from, maxMessages, timeout, token).ConfigureAwait(false);
                if (messages.Count > 0)
                {
                    Interlocked.Exchange(ref _lastPeeked, messages[^1].SequenceNumber);
                }

                return messages;
            },
            cancellationToken);

    /// <summary>Settles over the link that a message came by; over the management link where that is not this one, or is gone.</summary>
    public Task SettleAsync(Guid lockToken, Disposition disposition, CancellationToken cancellationToken)
        => connection.Retry.RunAsync(
            async (timeout, token) =>
            {
                var link = _link.Current;
                if (link is null || !await link.TrySettleAsync(lockToken, OutcomeOf(disposition), token).ConfigureAwait(false))
                {
                    await _management.SettleAsync(lockToken, disposition, link?.Name, timeout, token).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);

    public Task<DateTimeOffset> RenewLockAsync(Guid lockToken, CancellationToken cancellationToken)
        => connection.Retry.RunAsync(
            (timeout, token) => _management.RenewLockAsync(lockToken, _link.Current?.Name, timeout, token),
            cancellationToken);

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _link.CloseAsync(cancellationToken).ConfigureAwait(false);
        await _management.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Outcome OutcomeOf(Disposition disposition) => disposition.Status switch
    {
        Disposition.Completed => new Accepted(),
        Disposition.Abandoned => disposition.Properties is { Count: > 0 } properties
            ? new Modified { MessageAnnotations = FieldsOf(properties) }
            : new Modified(),
        _ => new Rejected { Error = new Error(DeadLetterCondition) { Info = InfoOf(disposition) } },
    };

    private static Fields InfoOf(Disposition disposition)
    {
        var info = FieldsOf(disposition.Properties ?? new Dictionary<string, object>());
        if (disposition.Reason is not null)
        {
            info[new Symbol(MessageAnnotationNames.DeadLetterReason)] = disposition.Reason;
        }

        if (disposition.Description is not null)
        {
            info[new Symbol(MessageAnnotationNames.DeadLetterErrorDescription)] = disposition.Description;
        }

        return info;
    }

    private static Fields FieldsOf(IDictionary<string, object> properties)
    {
        var fields = new Fields();
        foreach (var (name, value) in properties)
        {
            fields[new Symbol(name)] = AmqpValues.ToAmqp(value);
        }

        return fields;
    }
}
