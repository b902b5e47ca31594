using Azure.Messaging.ServiceBus;
using FunctionsHost.Rpc;
using Google.Protobuf;

namespace FunctionsHost;

/// <summary>Feeds a function with the messages of its queue, under peek-lock.</summary>
internal sealed class QueueTrigger(HostedFunction function, FunctionInvoker invoker, SettlementService settlement, HostLog log)
    : IAsyncDisposable
{
    private ServiceBusClient? _client;
    private ServiceBusProcessor? _processor;

    public async Task StartAsync(string connection, string queue, ServiceBusProcessorOptions hostJson)
    {
        _client = new ServiceBusClient(connection);
        _processor = _client.CreateProcessor(queue, new ServiceBusProcessorOptions
        {
            PrefetchCount = hostJson.PrefetchCount,
            MaxConcurrentCalls = hostJson.MaxConcurrentCalls,
            MaxAutoLockRenewalDuration = hostJson.MaxAutoLockRenewalDuration,
            AutoCompleteMessages = function.Trigger.GetProperty("autoCompleteMessages").GetBoolean(),
        });
        _processor.ProcessMessageAsync += HandleAsync;
        _processor.ProcessErrorAsync += NoteAsync;
        await _processor.StartProcessingAsync();
    }

    /// <summary>Takes no more messages, cancels the functions that are running and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _processor!.DisposeAsync();
        await _client!.DisposeAsync();
    }

    // The processor gives a message back whose function fails, unless it has been settled.
    private async Task HandleAsync(ProcessMessageEventArgs args)
    {
        settlement.Begin(args);
        try
        {
            await invoker.InvokeAsync(function, ToInput(args.Message), args.CancellationToken);
        }
        finally
        {
            settlement.End(args);
        }
    }

    private Task NoteAsync(ProcessErrorEventArgs args)
    {
        log.AddTriggerError($"{function.Name}: {args.ErrorSource}", args.Exception);
        return Task.CompletedTask;
    }

    private static TypedData ToInput(ServiceBusReceivedMessage message)
    {
        byte[] content = [.. Guid.Parse(message.LockToken).ToByteArray(), .. message.GetRawAmqpMessage().ToBytes().ToMemory().Span];
        return new TypedData
        {
            ModelBindingData = new ModelBindingData
            {
                Version = "1.0",
                Source = "AzureServiceBusReceivedMessage",
                ContentType = "application/octet-stream",
                Content = UnsafeByteOperations.UnsafeWrap(content),
            },
        };
    }
}
