namespace Azure.Messaging.ServiceBus;

/// <summary>An error that a processor came upon.</summary>
public sealed class ProcessErrorEventArgs : EventArgs
{
    /// <summary>Makes one; also for tests.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="errorSource">What the processor was doing.</param>
    /// <param name="fullyQualifiedNamespace">The namespace.</param>
    /// <param name="entityPath">The queue.</param>
    /// <param name="cancellationToken">Canceled when the processor is told to stop.</param>
    public ProcessErrorEventArgs(
        Exception exception,
        ServiceBusErrorSource errorSource,
        string fullyQualifiedNamespace,
        string entityPath,
        CancellationToken cancellationToken)
        : this(exception, errorSource, fullyQualifiedNamespace, entityPath, string.Empty, cancellationToken)
    {
    }

    /// <summary>Makes one; also for tests.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="errorSource">What the processor was doing.</param>
    /// <param name="fullyQualifiedNamespace">The namespace.</param>
    /// <param name="entityPath">The queue.</param>
    /// <param name="identifier">The processor's name.</param>
    /// <param name="cancellationToken">Canceled when the processor is told to stop.</param>
    public ProcessErrorEventArgs(
        Exception exception,
        ServiceBusErrorSource errorSource,
        string fullyQualifiedNamespace,
        string entityPath,
        string identifier,
        CancellationToken cancellationToken)
    {
        Exception = exception;
        ErrorSource = errorSource;
        FullyQualifiedNamespace = fullyQualifiedNamespace;
        EntityPath = entityPath;
        Identifier = identifier;
        CancellationToken = cancellationToken;
    }

    /// <summary>The error.</summary>
    public Exception Exception { get; }

    /// <summary>What the processor was doing.</summary>
    public ServiceBusErrorSource ErrorSource { get; }

    /// <summary>The namespace.</summary>
    public string FullyQualifiedNamespace { get; }

    /// <summary>The queue.</summary>
    public string EntityPath { get; }

    /// <summary>The processor's name.</summary>
    public string Identifier { get; }

    /// <summary>Canceled when the processor is told to stop.</summary>
    public CancellationToken CancellationToken { get; }
}
