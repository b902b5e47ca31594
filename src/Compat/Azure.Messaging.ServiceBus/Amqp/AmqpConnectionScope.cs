using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

internal sealed class AmqpConnectionScope(NamespaceEndpoint endpoint, TokenSource tokens, TimeSpan idleTimeout)
{
    public bool IsClosed { get; private set; }

    public (NamespaceEndpoint, TokenSource, TimeSpan) Made => (endpoint, tokens, idleTimeout);

    public Task CloseAsync()
    {
        IsClosed = true;
        return Task.CompletedTask;
    }
}
