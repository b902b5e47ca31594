using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Processor;

#pragma warning disable CA1822
internal sealed class MessagePump(ServiceBusConnection connection, ServiceBusProcessor processor, ServiceBusProcessorOptions options)
{
    public (ServiceBusProcessor, ServiceBusProcessorOptions) Made => (processor, options);

    public ServiceBusConnection Connection => connection;

    public bool IsRunning => false;

    public void Start() => throw new NotImplementedException();

    public Task StopAsync() => Task.CompletedTask;

    public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Reconcile()
    {
    }
}
