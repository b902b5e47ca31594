using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Queues;

namespace MeetingRecordings.Functions.Tests.Queues;

public sealed class QueueConnectionTests
{
    [Fact]
    public async Task A_queue_that_cannot_be_reached_at_start_is_told_and_stops_nothing()
    {
        var logger = new ListLogger<QueueConnection>();
        var sender = new HeldSender { BeforeBatch = static _ => throw new ServiceBusException("gone", ServiceBusFailureReason.ServiceCommunicationProblem) };
        await using var grouping = new BatchingSender(sender.Sender);
        using var connection = new QueueConnection(grouping, logger);

        await connection.StartAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteTask!;

        Assert.StartsWith("Warning: Service Bus cannot be reached yet", Assert.Single(logger.Lines), StringComparison.Ordinal);
    }
}
