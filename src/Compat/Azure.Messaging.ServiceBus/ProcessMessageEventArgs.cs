namespace Azure.Messaging.ServiceBus;

/// <summary>A message for a processor's handler, and the ways to settle it.</summary>
public class ProcessMessageEventArgs : EventArgs
{
    private readonly ServiceBusReceiver _receiver;

    /// <summary>Makes one; also for tests.</summary>
    /// <param name="message">The message.</param>
    /// <param name="receiver">What settles it.</param>
    /// <param name="cancellationToken">Canceled when the processor is told to stop.</param>
    public ProcessMessageEventArgs(
        ServiceBusReceivedMessage message,
        ServiceBusReceiver receiver,
        CancellationToken cancellationToken)
        : this(message, receiver, string.Empty, cancellationToken)
    {
    }

    /// <summary>Makes one; also for tests.</summary>
    /// <param name="message">The message.</param>
    /// <param name="receiver">What settles it.</param>
    /// <param name="identifier">The processor's name.</param>
    /// <param name="cancellationToken">Canceled when the processor is told to stop.</param>
    public ProcessMessageEventArgs(
        ServiceBusReceivedMessage message,
        ServiceBusReceiver receiver,
        string identifier,
        CancellationToken cancellationToken)
    {
        Message = message;
        _receiver = receiver;
        Identifier = identifier;
        CancellationToken = cancellationToken;
    }

    /// <summary>The message.</summary>
    public ServiceBusReceivedMessage Message { get; }

    /// <summary>Canceled when the processor is told to stop; the handler is then waited for.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The queue.</summary>
    public string EntityPath => _receiver.EntityPath;

    /// <summary>The processor's name.</summary>
    public string Identifier { get; }

    /// <summary>The namespace.</summary>
    public string FullyQualifiedNamespace => _receiver.FullyQualifiedNamespace;

    /// <inheritdoc cref="ServiceBusReceiver.AbandonMessageAsync"/>
    public virtual async Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = default,
        CancellationToken cancellationToken = default)
    {
        await _receiver.AbandonMessageAsync(message, propertiesToModify, cancellationToken).ConfigureAwait(false);
        message.IsSettled = true;
    }

    /// <inheritdoc cref="ServiceBusReceiver.CompleteMessageAsync"/>
    public virtual async Task CompleteMessageAsync(
        ServiceBusReceivedMessage message,
        CancellationToken cancellationToken = default)
    {
        await _receiver.CompleteMessageAsync(message, cancellationToken).ConfigureAwait(false);
        message.IsSettled = true;
    }

    /// <inheritdoc cref="ServiceBusReceiver.DeadLetterMessageAsync(ServiceBusReceivedMessage, string, string, CancellationToken)"/>
    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        string deadLetterReason,
        string deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        await _receiver.DeadLetterMessageAsync(message, deadLetterReason, deadLetterErrorDescription, cancellationToken)
            .ConfigureAwait(false);
        message.IsSettled = true;
    }

    /// <inheritdoc cref="ServiceBusReceiver.DeadLetterMessageAsync(ServiceBusReceivedMessage, IDictionary{string, object}, CancellationToken)"/>
    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = default,
        CancellationToken cancellationToken = default)
    {
        await _receiver.DeadLetterMessageAsync(message, propertiesToModify, cancellationToken).ConfigureAwait(false);
        message.IsSettled = true;
    }

    /// <inheritdoc cref="ServiceBusReceiver.DeadLetterMessageAsync(ServiceBusReceivedMessage, IDictionary{string, object}, string, string, CancellationToken)"/>
    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify,
        string deadLetterReason,
        string deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        await _receiver.DeadLetterMessageAsync(
            message,
            propertiesToModify,
            deadLetterReason,
            deadLetterErrorDescription,
            cancellationToken).ConfigureAwait(false);
        message.IsSettled = true;
    }

    /// <inheritdoc cref="ServiceBusReceiver.RenewMessageLockAsync"/>
    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => _receiver.RenewMessageLockAsync(message, cancellationToken);
}
