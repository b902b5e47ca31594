using System.Text;
using Azure.Messaging.ServiceBus;
using Worker.Tests.Telemetry;

namespace Worker.Tests;

public sealed class When_the_queues_are_tended(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_of_the_timer_measures_them_and_ends_dead_letters_that_are_too_old()
    {
        await using var sink = await TelemetrySink.StartAsync();
        await using var app = await RunningApp.StartAsync(azurite, [.. sink.Settings, ("DeadLetterRetention", "00:00:00.001")]);
        await app.EnqueueAsync(new ServiceBusMessage(Encoding.UTF8.GetBytes("junk")) { MessageId = "junk" });
        await RunningApp.UntilAsync(
            "it is dead-lettered", () => Task.FromResult(app.ServiceBus.CountsOf(RunningApp.Queue).DeadLettered == 1));

        await app.Host.RunTimerAsync("TendQueues", Cancellation);

        Assert.Equal(0, app.ServiceBus.CountsOf(RunningApp.Queue).DeadLettered);

        // The worker sends what it has not sent yet.
        await app.Host.DisposeAsync();
        Assert.Contains(
            sink.Exports,
            static export => export.Signal == "metrics"
                && export.Text.Contains("meeting_recordings.queue.messages", StringComparison.Ordinal)
                && export.Text.Contains("meeting_recordings.queue.oldest", StringComparison.Ordinal)
                && export.Text.Contains("dead-lettered", StringComparison.Ordinal));
    }
}
