using Azure.Messaging.ServiceBus;
using BenchmarkDotNet.Attributes;
using MeetingRecordings.Functions.Queues;
using ServiceBusEmulator;

namespace Benchmarks.Notifications;

/// <summary>256 callers at a time that each send one message and wait for it: grouped, and one round trip each. Goal: three times as many.</summary>
public class GroupCommitBenchmark : IAsyncDisposable
{
    private const string Queue = "conferences";
    private const int Callers = 256;
    private const int MessagesEach = 20;

    private EmulatorServer _emulator = null!;
    private ServiceBusClient _client = null!;
    private ServiceBusSender _sender = null!;
    private BatchingSender _grouping = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0, Queues = [new QueueOptions(Queue)] }, CancellationToken.None);
        _client = new ServiceBusClient(_emulator.ConnectionString);
        _sender = _client.CreateSender(Queue);
        _grouping = new BatchingSender(_sender);
        await _grouping.OpenAsync(CancellationToken.None);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _grouping.DisposeAsync();
        await _client.DisposeAsync();
        await _emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>As the app does it.</summary>
    [Benchmark(OperationsPerInvoke = Callers * MessagesEach)]
    public Task Grouped() => SendAllAsync(message => _grouping.SendAsync(message, CancellationToken.None));

    /// <summary>A round trip for each.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Callers * MessagesEach)]
    public Task OneByOne() => SendAllAsync(message => _sender.SendMessageAsync(message));

    private static Task SendAllAsync(Func<ServiceBusMessage, Task> send) => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < MessagesEach; i++)
        {
            await send(new ServiceBusMessage("""{"conferenceId":"66f100462fe0c1aa90","trigger":"meetingEnded"}""") { MessageId = $"{Guid.NewGuid():N}" });
        }
    })));
}
