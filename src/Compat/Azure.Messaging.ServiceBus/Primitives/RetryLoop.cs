namespace Azure.Messaging.ServiceBus.Primitives;

internal sealed class RetryLoop(ServiceBusRetryPolicy policy)
{
    public ServiceBusRetryPolicy Policy { get; } = policy;
}
