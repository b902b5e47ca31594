using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the message that a function was invoked with. The host supplies the implementation.</summary>
public class ServiceBusMessageActions
{
    /// <summary>For hosts and mocks.</summary>
    protected ServiceBusMessageActions()
    {
    }

    /// <summary>Removes the message from its queue.</summary>
    /// <param name="message">The message to settle.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => throw OnlyAHostSettles();

    /// <summary>Gives the message back to its queue, to be delivered again at once.</summary>
    /// <param name="message">The message to settle.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
        => throw OnlyAHostSettles();

    /// <summary>Moves the message to the dead-letter queue.</summary>
    /// <param name="message">The message to settle.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="deadLetterReason">Why, in one word; at most 4,096 characters.</param>
    /// <param name="deadLetterErrorDescription">Why, in a sentence; at most 4,096 characters.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
        => throw OnlyAHostSettles();

    /// <summary>Sets the message aside: from then on it can only be received by its sequence number.</summary>
    /// <param name="message">The message to settle.</param>
    /// <param name="propertiesToModify">Application properties to set on it.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public virtual Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
        => throw OnlyAHostSettles();

    /// <summary>Renews the lock on the message for the queue's lock duration.</summary>
    /// <param name="message">The message whose lock to renew.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => throw OnlyAHostSettles();

    private static InvalidOperationException OnlyAHostSettles() => new("A host supplies the implementation.");
}
