using Azure.Messaging.ServiceBus;
using Google.Protobuf;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Settling;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the message that a function was invoked with, by a call to the host, which holds its lock.</summary>
[InputConverter(typeof(MessageActionsConverter))]
public class ServiceBusMessageActions
{
    private readonly Settlement.SettlementClient _settlement;

    internal ServiceBusMessageActions(Settlement.SettlementClient settlement) => _settlement = settlement;

    /// <summary>For mocks and other hosts, which override what they use.</summary>
    protected ServiceBusMessageActions() => _settlement = null!;

    /// <summary>Removes the message from its queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public virtual async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => await _settlement.CompleteAsync(new CompleteRequest { Locktoken = message.LockToken }, cancellationToken: cancellationToken);

    /// <summary>Gives the message back to its queue, to be delivered again at once.</summary>
    /// <param name="message">The message.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public virtual async Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
        => await _settlement.AbandonAsync(
            new AbandonRequest { Locktoken = message.LockToken, PropertiesToModify = Encode(propertiesToModify) },
            cancellationToken: cancellationToken);

    /// <summary>Moves the message to the dead-letter queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="deadLetterReason">Why, in one word; at most 4,096 characters.</param>
    /// <param name="deadLetterErrorDescription">Why, in a sentence; at most 4,096 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
        => await _settlement.DeadletterAsync(
            new DeadletterRequest
            {
                Locktoken = message.LockToken,
                PropertiesToModify = Encode(propertiesToModify),
                DeadletterReason = deadLetterReason,
                DeadletterErrorDescription = deadLetterErrorDescription,
            },
            cancellationToken: cancellationToken);

    /// <summary>Sets the message aside: from then on it can only be received by its sequence number.</summary>
    /// <param name="message">The message.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public virtual async Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
        => await _settlement.DeferAsync(
            new DeferRequest { Locktoken = message.LockToken, PropertiesToModify = Encode(propertiesToModify) },
            cancellationToken: cancellationToken);

    /// <summary>Renews the lock on the message for the queue's lock duration.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public virtual async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => await _settlement.RenewMessageLockAsync(
            new RenewMessageLockRequest { Locktoken = message.LockToken }, cancellationToken: cancellationToken);

    private static ByteString Encode(IDictionary<string, object>? properties)
    {
        if (properties is null)
        {
            return ByteString.Empty;
        }

        var map = new AmqpMap();
        foreach (var (name, value) in properties)
        {
            map[new MapKey(name)] = value;
        }

        using var buffer = new ByteBuffer(256, autoGrow: true);
        AmqpCodec.EncodeMap(map, buffer);
        return ByteString.CopyFrom(buffer.Buffer, buffer.Offset, buffer.Length);
    }
}
