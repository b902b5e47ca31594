using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace MeetingRecordings.Functions.Tests.Failed;

public sealed class DeadLetterExpiryTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset TooOld = Now.AddDays(-90);
    private static readonly DateTimeOffset Young = TooOld.AddSeconds(1);

    private readonly ReceiverDouble _conferences = new();
    private readonly ReceiverDouble _poison = new();
    private readonly ListLogger<DeadLetterExpiry> _logger = new();

    public async ValueTask DisposeAsync()
    {
        await _conferences.DisposeAsync();
        await _poison.DisposeAsync();
    }

    [Fact]
    public async Task Dead_letters_of_either_queue_that_are_too_old_are_removed_and_named_in_the_log()
    {
        _conferences.Add(1, enqueuedAt: TooOld);
        _conferences.Add(2, enqueuedAt: Young);
        _poison.Add(7, enqueuedAt: TooOld);

        await RunAsync();

        Assert.Equal([2], _conferences.Left);
        Assert.Empty(_poison.Left);
        Assert.Equal(
            ["Warning: Dead letter 1 of conferences, about conference conf-1,", "Warning: Dead letter 7 of poison, about conference conf-7,"],
            _logger.Lines.Select(static line => line[..(line.LastIndexOf(',') + 1)]));
    }

    [Fact]
    public async Task The_age_counts_from_the_last_failure_for_a_message_may_have_waited_long_before_it()
    {
        _conferences.Add(1, properties: new() { ["last-failure-at"] = $"{Young:O}" }, enqueuedAt: TooOld.AddDays(-7));

        await RunAsync();

        Assert.Equal([1], _conferences.Left);
    }

    [Fact]
    public async Task Those_that_are_young_are_not_received_so_that_an_operator_meets_none_of_them_locked()
    {
        _conferences.Add(1, enqueuedAt: Young);

        await RunAsync();

        Assert.Empty(_conferences.Receives);
    }

    [Fact]
    public async Task A_retention_of_zero_keeps_them_for_ever()
    {
        _conferences.Add(1, enqueuedAt: Now.AddYears(-3));

        await RunAsync(TimeSpan.Zero);

        Assert.Equal([1], _conferences.Left);
    }

    private Task RunAsync(TimeSpan? retention = null)
    {
        var client = new Mock<ServiceBusClient>(MockBehavior.Strict);
        client.Setup(c => c.CreateReceiver("conferences", It.Is<ServiceBusReceiverOptions>(o => o.SubQueue == SubQueue.DeadLetter))).Returns(_conferences);
        client.Setup(c => c.CreateReceiver("poison", It.Is<ServiceBusReceiverOptions>(o => o.SubQueue == SubQueue.DeadLetter))).Returns(_poison);
        var settings = new ServiceBusSettings(Mock.Of<IConfiguration>(), "conferences", "poison", "recordings");
        settings = retention is { } given ? settings with { DeadLetterRetention = given } : settings;
        return new DeadLetterExpiry(new FailedReceivers(client.Object, settings), settings, new FakeTimeProvider(Now), _logger)
            .RunAsync(TestContext.Current.CancellationToken);
    }
}
