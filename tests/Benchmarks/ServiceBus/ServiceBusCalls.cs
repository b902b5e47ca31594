using Azure.Messaging.ServiceBus;
using Benchmarks.Load;

namespace Benchmarks.ServiceBus;

/// <summary>The measured calls, on the public surface of Azure.Messaging.ServiceBus only.</summary>
internal sealed class ServiceBusCalls : IAsyncDisposable
{
    private const int BodyBytes = 200;

    private static readonly BinaryData Body = new(new byte[BodyBytes]);

    private readonly ServiceBusClient _client;
    private readonly ServiceBusSender _sender;
    private readonly string _queue;
    private long _lastId;

    public ServiceBusCalls(string connectionString, string queue)
    {
        _client = new ServiceBusClient(connectionString);
        _sender = _client.CreateSender(queue);
        _queue = queue;
    }

    /// <summary>Sends messages one by one, so many at once.</summary>
    public Task SendSinglyAsync(int messages, int atOnce, Tenths tenths, CancellationToken cancellationToken) => Workers.RunAsync(
        new int[messages],
        atOnce,
        async (_, _) =>
        {
            await _sender.SendMessageAsync(NewMessage(), cancellationToken);
            tenths.Add(1);
        },
        cancellationToken);

    /// <summary>Sends messages in batches, one batch after the other.</summary>
    public async Task SendBatchesAsync(int messages, int batchSize, Tenths tenths, CancellationToken cancellationToken)
    {
        for (var left = messages; left > 0;)
        {
            using var batch = await _sender.CreateMessageBatchAsync(cancellationToken);
            while (batch.Count < Math.Min(batchSize, left))
            {
                if (!batch.TryAddMessage(NewMessage()))
                {
                    throw new InvalidOperationException($"No more than {batch.Count} messages fit into a batch.");
                }
            }

            await _sender.SendMessagesAsync(batch, cancellationToken);
            left -= batch.Count;
            tenths.Add(batch.Count);
        }
    }

    /// <summary>Receives messages with a processor and completes each.</summary>
    public async Task ProcessAsync(int concurrentCalls, Tenths tenths, CancellationToken cancellationToken)
    {
        await using var processor = _client.CreateProcessor(_queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = concurrentCalls, AutoCompleteMessages = false });
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        processor.ProcessMessageAsync += async args =>
        {
            await args.CompleteMessageAsync(args.Message, args.CancellationToken);
            if (tenths.Add(1))
            {
                done.TrySetResult();
            }
        };
        processor.ProcessErrorAsync += args =>
        {
            done.TrySetException(args.Exception);
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
        await processor.StopProcessingAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _client.DisposeAsync();
    }

    // Every id is new: the queue looks for duplicates.
    private ServiceBusMessage NewMessage() => new(Body) { MessageId = $"message-{Interlocked.Increment(ref _lastId)}-{Environment.ProcessId}" };
}
