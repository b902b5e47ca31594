using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

#pragma warning disable CA1822
internal sealed class AmqpReceiver(ServiceBusConnection connection, string entityPath, string identifier, ServiceBusReceiveMode mode, int prefetchCount, bool isProcessor)
{
    public (ServiceBusConnection, string, string, ServiceBusReceiveMode, bool) Made => (connection, entityPath, identifier, mode, isProcessor);

    public int PrefetchCount { get; set; } = prefetchCount;

    public Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan? maxWaitTime, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(int maxMessages, long? fromSequenceNumber, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task SettleAsync(Guid lockToken, Disposition disposition, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<DateTimeOffset> RenewLockAsync(Guid lockToken, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
