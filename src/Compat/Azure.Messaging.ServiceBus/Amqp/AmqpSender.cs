using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

#pragma warning disable CA1822
internal sealed class AmqpSender(ServiceBusConnection connection, string entityPath, string identifier)
{
    public (ServiceBusConnection, string, string) Made => (connection, entityPath, identifier);

    public Task SendAsync(IReadOnlyCollection<ServiceBusMessage> messages, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task SendBatchAsync(IBatchStore batch, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<IBatchStore> CreateBatchStoreAsync(long? maxSizeInBytes, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<IReadOnlyList<long>> ScheduleAsync(IReadOnlyCollection<ServiceBusMessage> messages, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task CancelScheduledAsync(long[] numbers, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
