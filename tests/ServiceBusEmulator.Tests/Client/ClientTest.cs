using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

/// <summary>
/// The behaviour of Azure.Messaging.ServiceBus that the product relies on, against an emulator. What derives from this uses the
/// package's public surface only, so that it holds for Microsoft's package and for the stand-in alike.
/// </summary>
public abstract class ClientTest : IAsyncLifetime
{
    /// <summary>How long a test may take, in ms.</summary>
    protected const int Limit = 60_000;

    /// <summary>A queue with Azure's defaults.</summary>
    protected const string Queue = "conferences";

    /// <summary>A queue whose locks end soon.</summary>
    protected const string Hasty = "hasty";

    /// <summary>A queue that forgives one failure only.</summary>
    protected const string Strict = "strict";

    /// <summary>A queue that drops ids it has seen.</summary>
    protected const string Distinct = "distinct";

    /// <summary>A queue that dead-letters what becomes too old.</summary>
    protected const string Aging = "aging";

    /// <summary>A queue that is soon full.</summary>
    protected const string Small = "small";

    /// <summary>Long enough for what must come, so that a test waits for it and not for the end of the wait.</summary>
    protected static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    /// <summary>How long to look for what must not come.</summary>
    protected static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(150);

    private EmulatorServer? _emulator;
    private ServiceBusClient? _client;

    protected static CancellationToken Canceled => new(canceled: true);

    protected static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    protected ServiceBusClient Client => _client!;

    private protected EmulatorServer Emulator => _emulator!;

    protected virtual ServiceBusClientOptions Options => new();

    /// <summary>What the emulator goes by.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        _emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions
            {
                Port = 0,
                Clock = Clock,
                Queues =
                [
                    new QueueOptions(Queue),
                    new QueueOptions(Hasty) { LockDuration = TimeSpan.FromSeconds(1) },
                    new QueueOptions(Strict) { MaxDeliveryCount = 2 },
                    new QueueOptions(Distinct) { RequiresDuplicateDetection = true },
                    new QueueOptions(Aging) { DeadLetteringOnMessageExpiration = true },
                    new QueueOptions(Small) { MaxSizeInBytes = 10_000 },
                ],
            },
            TestEnd);
        _client = Connect();
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A further client of the same emulator.</summary>
    protected ServiceBusClient Connect(ServiceBusClientOptions? options = null) => new(Emulator.ConnectionString, options ?? Options);

    protected async Task SendAsync(string queue, params ServiceBusMessage[] messages)
    {
        await using var sender = Client.CreateSender(queue);
        foreach (var message in messages)
        {
            await sender.SendMessageAsync(message, TestEnd);
        }
    }

    protected ServiceBusReceiver DeadLettersOf(string queue)
        => Client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    protected static async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusReceiver receiver)
    {
        var message = await receiver.ReceiveMessageAsync(Ample, TestEnd);
        Assert.NotNull(message);
        return message;
    }

    /// <summary>Receives until there are so many; one call may bring fewer.</summary>
    protected static async Task<List<ServiceBusReceivedMessage>> ReceiveAsync(ServiceBusReceiver receiver, int count)
    {
        var messages = new List<ServiceBusReceivedMessage>();
        while (messages.Count < count)
        {
            var some = await receiver.ReceiveMessagesAsync(count - messages.Count, Ample, TestEnd);
            Assert.NotEmpty(some);
            messages.AddRange(some);
        }

        return messages;
    }

    protected static async Task AssertEmptyAsync(ServiceBusReceiver receiver)
        => Assert.Null(await receiver.ReceiveMessageAsync(Glance, TestEnd));

    protected static async Task<ServiceBusException> FailsAsync(ServiceBusFailureReason reason, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<ServiceBusException>(call);
        Assert.Equal(reason, exception.Reason);
        return exception;
    }
}
