using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace MeetingRecordings.Functions.Tests.Queues;

public sealed class QueueConnectionTests : IDisposable
{
    private static readonly ServiceBusException Gone = new("gone", ServiceBusFailureReason.ServiceCommunicationProblem);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _opened = new(0);
    private readonly FakeTimeProvider _clock = new();
    private readonly ListLogger<QueueConnection> _logger = new();
    private readonly Mock<ServiceBusReceiver> _receiver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queue_that_cannot_be_reached_at_start_is_told_and_stops_nothing()
    {
        await using var sender = new BatchingSender(Opened(static () => throw Gone));
        using var connection = Create(sender);
        await connection.StartAsync(Cancellation);
        await _opened.WaitAsync(Cancellation);

        await connection.StopAsync(Cancellation);

        // It waited for its next turn until it was stopped.
        Assert.True(connection.ExecuteTask!.IsCanceled);
        Assert.StartsWith("Warning: Service Bus cannot be reached;", Assert.Single(_logger.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connection_is_used_every_four_minutes_also_after_it_has_failed()
    {
        using var peeks = new SemaphoreSlim(0);
        _receiver.Setup(r => r.PeekMessageAsync(0, It.IsAny<CancellationToken>())).Callback(() => peeks.Release()).ThrowsAsync(Gone);
        await using var sender = new BatchingSender(Opened(static () => { }));
        using var connection = Create(sender);
        await connection.StartAsync(Cancellation);
        await _opened.WaitAsync(Cancellation);

        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.True(await peeks.WaitAsync(Patience, Cancellation));
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.True(await peeks.WaitAsync(Patience, Cancellation));

        await connection.StopAsync(Cancellation);
    }

    public void Dispose() => _opened.Dispose();

    private ServiceBusSender Opened(Action then) => new HeldSender
    {
        BeforeBatch = _ =>
        {
            _opened.Release();
            then();
            return Task.CompletedTask;
        },
    }.Sender;

    private QueueConnection Create(BatchingSender sender) => new(
        sender,
        Mock.Of<ServiceBusClient>(client => client.CreateReceiver("conferences") == _receiver.Object),
        new ServiceBusSettings(Mock.Of<IConfiguration>(), "conferences", "poison", "recordings"),
        _clock,
        _logger);
}
