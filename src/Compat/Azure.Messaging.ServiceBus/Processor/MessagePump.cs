using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Processor;

/// <summary>Runs a processor: as many workers as it may make calls at once, each of which receives a message and handles it.</summary>
internal sealed class MessagePump
{
    private readonly Lock _gate = new();
    private readonly ServiceBusProcessor _processor;
    private readonly ServiceBusProcessorOptions _options;
    private readonly ServiceBusReceiver _receiver;
    private readonly MessageHandling _handling;
    private readonly Stack<CancellationTokenSource> _workers = new();
    private readonly List<Task> _running = [];
    private CancellationTokenSource _stopping;
    private int _failures;

    public MessagePump(ServiceBusConnection connection, ServiceBusProcessor processor, ServiceBusProcessorOptions options)
    {
        Connection = connection;
        _processor = processor;
        _options = options;
        _receiver = new ServiceBusReceiver(
            connection,
            processor.EntityPath,
            new ServiceBusReceiverOptions
            {
                PrefetchCount = options.PrefetchCount,
                ReceiveMode = options.ReceiveMode,
                Identifier = processor.Identifier,
            });
        _handling = new MessageHandling(processor, _receiver);
    }

    public ServiceBusConnection Connection { get; }

    public bool IsRunning { get; private set; }

    public void Start()
    {
        lock (_gate)
        {
            _stopping = new CancellationTokenSource();
            IsRunning = true;
            Adjust();
        }
    }

    /// <summary>Receives no more, and waits for the handlers that run.</summary>
    public async Task StopAsync()
    {
        List<Task> running;
        lock (_gate)
        {
            _workers.Clear();
            running = [.. _running];
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
        IsRunning = false;
    }

    public Task CloseAsync(CancellationToken cancellationToken) => _receiver.CloseAsync(cancellationToken);

    /// <summary>Applies changed options.</summary>
    public void Reconcile()
    {
        lock (_gate)
        {
            _receiver.UpdatePrefetchCount(_options.PrefetchCount);
            if (IsRunning && !_stopping.IsCancellationRequested)
            {
                Adjust();
            }
        }
    }

    private void Adjust()
    {
        while (_workers.Count < _options.MaxConcurrentCalls)
        {
            var leaving = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            _workers.Push(leaving);
            _running.RemoveAll(worker => worker.IsCompleted);
            _running.Add(Task.Run(() => WorkAsync(leaving, _stopping.Token)));
        }

        while (_workers.Count > _options.MaxConcurrentCalls)
        {
            // A worker that handles a message leaves when it is done with it.
            _ = _workers.Pop().CancelAsync();
        }
    }

    private async Task WorkAsync(CancellationTokenSource leaving, CancellationToken stopping)
    {
        using (leaving)
        {
            while (!leaving.IsCancellationRequested)
            {
                if (await ReceiveAsync(leaving.Token, stopping).ConfigureAwait(false) is { } message)
                {
                    await _handling.RunAsync(message, stopping).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<ServiceBusReceivedMessage> ReceiveAsync(CancellationToken leaving, CancellationToken stopping)
    {
        try
        {
            var message = await _receiver.ReceiveMessageAsync(cancellationToken: leaving).ConfigureAwait(false);
            Interlocked.Exchange(ref _failures, 0);
            return message;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            await _handling.ReportAsync(exception, ServiceBusErrorSource.Receive, stopping).ConfigureAwait(false);
            await Connection.Retry.PauseAfterAsync(Interlocked.Increment(ref _failures), leaving)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
    }
}
