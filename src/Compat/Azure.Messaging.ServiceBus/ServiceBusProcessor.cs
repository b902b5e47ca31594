using Azure.Messaging.ServiceBus.Primitives;
using Azure.Messaging.ServiceBus.Processor;

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// Receives the messages of one queue and runs a handler for each, several at once if told so, renewing locks and
/// settling messages meanwhile.
/// </summary>
public class ServiceBusProcessor : IAsyncDisposable
{
    private const string RunningMessage =
        "The message processor is already running and needs to be stopped in order to perform this operation.";

    private readonly MessagePump _pump;
    private readonly string _fullyQualifiedNamespace;
    private readonly string _entityPath;
    private readonly string _identifier;
    private readonly ServiceBusProcessorOptions _options;
    private readonly SemaphoreSlim _startStopGate = new(1, 1);
    private Func<ProcessMessageEventArgs, Task> _processMessage;
    private Func<ProcessErrorEventArgs, Task> _processError;
    private volatile bool _closed;

    /// <summary>For mocks.</summary>
    protected ServiceBusProcessor()
    {
        // A derived processor raises its events by hand.
        _options = new ServiceBusProcessorOptions();
    }

    /// <summary>For derived processors.</summary>
    /// <param name="client">The client whose connection to use.</param>
    /// <param name="queueName">The queue.</param>
    /// <param name="options">The processor's options.</param>
    protected ServiceBusProcessor(ServiceBusClient client, string queueName, ServiceBusProcessorOptions options)
        : this(Check.NotNull(client, nameof(client)).Connection, queueName, options)
    {
    }

    internal ServiceBusProcessor(ServiceBusConnection connection, string entityPath, ServiceBusProcessorOptions options)
    {
        Check.NotNullOrWhiteSpace(entityPath, nameof(entityPath));
        connection.ThrowIfClosed();
        _options = options?.Clone() ?? new ServiceBusProcessorOptions();
        _fullyQualifiedNamespace = connection.FullyQualifiedNamespace;
        _entityPath = EntityPaths.Of(entityPath, _options.SubQueue);
        _identifier = string.IsNullOrEmpty(_options.Identifier) ? $"{_entityPath}-{Guid.NewGuid():D}" : _options.Identifier;
        _pump = new MessagePump(connection, this, _options);
    }

    /// <summary>Handles a message. One handler, set before the start.</summary>
    /// <exception cref="NotSupportedException">There is one already.</exception>
    /// <exception cref="InvalidOperationException">The processor is running.</exception>
    public event Func<ProcessMessageEventArgs, Task> ProcessMessageAsync
    {
        add
        {
            Check.NotNull(value, nameof(ProcessMessageAsync));
            ThrowIfAssigned(_processMessage);
            WhileStopped(() => _processMessage = value);
        }

        remove
        {
            Check.NotNull(value, nameof(ProcessMessageAsync));
            ThrowIfNotAssigned(_processMessage, value);
            WhileStopped(() => _processMessage = null);
        }
    }

    /// <summary>Is told of errors. One handler, set before the start.</summary>
    /// <exception cref="NotSupportedException">There is one already.</exception>
    /// <exception cref="InvalidOperationException">The processor is running.</exception>
    public event Func<ProcessErrorEventArgs, Task> ProcessErrorAsync
    {
        add
        {
            Check.NotNull(value, nameof(ProcessErrorAsync));
            ThrowIfAssigned(_processError);
            WhileStopped(() => _processError = value);
        }

        remove
        {
            Check.NotNull(value, nameof(ProcessErrorAsync));
            ThrowIfNotAssigned(_processError, value);
            WhileStopped(() => _processError = null);
        }
    }

    /// <summary>The namespace.</summary>
    public virtual string FullyQualifiedNamespace => _fullyQualifiedNamespace;

    /// <summary>The queue, with its sub-queue.</summary>
    public virtual string EntityPath => _entityPath;

    /// <summary>Its name in logs.</summary>
    public virtual string Identifier => _identifier;

    /// <summary>When a received message leaves the queue.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode => _options.ReceiveMode;

    /// <summary>Messages to hold locally ahead of a receive.</summary>
    public virtual int PrefetchCount => _options.PrefetchCount;

    /// <summary>Whether it is running.</summary>
    public virtual bool IsProcessing => _pump?.IsRunning ?? false;

    /// <summary>How many handlers may run at once.</summary>
    public virtual int MaxConcurrentCalls => _options.MaxConcurrentCalls;

    /// <summary>Whether a message is completed when its handler returns without having settled it.</summary>
    public virtual bool AutoCompleteMessages => _options.AutoCompleteMessages;

    /// <summary>How long a message's lock is renewed while its handler runs.</summary>
    public virtual TimeSpan MaxAutoLockRenewalDuration => _options.MaxAutoLockRenewalDuration;

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed => _closed;

    /// <summary>Starts to receive; returns without waiting for the first message.</summary>
    /// <param name="cancellationToken">Gives the start up; has no effect on a processor that runs.</param>
    /// <exception cref="InvalidOperationException">It is running, or lacks one of its two handlers.</exception>
    public virtual async Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        Check.NotClosed(_closed, nameof(ServiceBusProcessor));
        _pump.Connection.ThrowIfClosed();
        await _startStopGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_pump.IsRunning)
            {
                throw new InvalidOperationException(RunningMessage);
            }

            ThrowIfMissing(_processMessage, nameof(ProcessMessageAsync));
            ThrowIfMissing(_processError, nameof(ProcessErrorAsync));
            Check.NotCanceled(cancellationToken);
            _pump.Start();
        }
        finally
        {
            _startStopGate.Release();
        }
    }

    /// <summary>Receives no more and waits for the handlers that run. It can be started again. Nothing happens when it is not running.</summary>
    /// <param name="cancellationToken">Gives up before the stop is under way.</param>
    public virtual async Task StopProcessingAsync(CancellationToken cancellationToken = default)
    {
        await _startStopGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_pump is { IsRunning: true })
            {
                Check.NotCanceled(cancellationToken);
                await _pump.StopAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _startStopGate.Release();
        }
    }

    /// <summary>Stops, waits for the handlers that run, and closes the link. It cannot be started again.</summary>
    /// <param name="cancellationToken">Gives up before the stop is under way.</param>
    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _closed = true;
        if (_pump is null)
        {
            return;
        }

        if (IsProcessing)
        {
            await StopProcessingAsync(cancellationToken).ConfigureAwait(false);
        }

        await _pump.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="CloseAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Changes how many messages to hold locally, also while it runs.</summary>
    /// <param name="prefetchCount">The new count.</param>
    public void UpdatePrefetchCount(int prefetchCount)
    {
        _options.PrefetchCount = prefetchCount;
        _pump?.Reconcile();
    }

    /// <summary>Changes how many handlers may run at once, also while it runs; handlers that run are left to finish.</summary>
    /// <param name="maxConcurrentCalls">The new count, at least 1.</param>
    public void UpdateConcurrency(int maxConcurrentCalls)
    {
        _options.MaxConcurrentCalls = maxConcurrentCalls;
        _pump?.Reconcile();
    }

    /// <summary>Raises <see cref="ProcessMessageAsync"/>; can be overridden or called by tests.</summary>
    /// <param name="args">The message.</param>
    protected internal virtual Task OnProcessMessageAsync(ProcessMessageEventArgs args) => _processMessage(args);

    /// <summary>Raises <see cref="ProcessErrorAsync"/>; can be overridden or called by tests.</summary>
    /// <param name="args">The error.</param>
    protected internal virtual Task OnProcessErrorAsync(ProcessErrorEventArgs args) => _processError(args);

    private static void ThrowIfAssigned(Delegate handler)
    {
        if (handler is not null)
        {
            throw new NotSupportedException("Another handler has already been assigned to this event and there can be only one.");
        }
    }

    private static void ThrowIfNotAssigned(Delegate handler, Delegate value)
    {
        if (handler != value)
        {
            throw new ArgumentException("This handler has not been previously assigned to this event.");
        }
    }

    private static void ThrowIfMissing(Delegate handler, string name)
    {
        if (handler is null)
        {
            throw new InvalidOperationException($"Cannot begin processing without {name} handler set.");
        }
    }

    private void WhileStopped(Action change)
    {
        if (IsProcessing)
        {
            throw new InvalidOperationException(RunningMessage);
        }

        change();
    }
}
