using Azure.Messaging.ServiceBus;

namespace LocalHost.Hosting;

/// <summary>Feeds a function with the messages of its queue.</summary>
/// <param name="function">The function.</param>
/// <param name="client">Connects to its namespace.</param>
/// <param name="options">How the queue is read.</param>
/// <param name="services">Where the function's needs come from.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed partial class QueueListener(
    QueueFunction function,
    ServiceBusClient client,
    ServiceBusProcessorOptions options,
    IServiceProvider services,
    ILogger<QueueListener> logger) : IHostedService, IAsyncDisposable
{
    private readonly ServiceBusProcessor _processor = client.CreateProcessor(function.QueueName, new ServiceBusProcessorOptions
    {
        PrefetchCount = options.PrefetchCount,
        MaxConcurrentCalls = options.MaxConcurrentCalls,
        MaxAutoLockRenewalDuration = options.MaxAutoLockRenewalDuration,
        AutoCompleteMessages = function.AutoCompleteMessages,
    });

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _processor.ProcessMessageAsync += RunAsync;
        _processor.ProcessErrorAsync += TellAsync;
        return _processor.StartProcessingAsync(cancellationToken);
    }

    // Waits for the functions that are running.
    public Task StopAsync(CancellationToken cancellationToken) => _processor.StopProcessingAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _processor.DisposeAsync();
        await client.DisposeAsync();
    }

    private async Task RunAsync(ProcessMessageEventArgs args)
    {
        var scope = services.CreateAsyncScope();
        await using (scope)
        {
            await function.RunAsync(scope.ServiceProvider, args);
        }
    }

    private Task TellAsync(ProcessErrorEventArgs args)
    {
        if (args.Exception is not OperationCanceledException)
        {
            Log.Failed(logger, function.Function.Name, args.ErrorSource, args.Exception);
        }

        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(900, LogLevel.Error, "The queue of {Function}: {ErrorSource} failed")]
        public static partial void Failed(ILogger logger, string function, ServiceBusErrorSource errorSource, Exception exception);
    }
}
