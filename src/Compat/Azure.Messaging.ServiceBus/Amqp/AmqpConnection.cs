using Amqp;
using Azure.Messaging.ServiceBus.Amqp.Transport;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>An open AMQP connection to a namespace, and its <c>$cbs</c> node.</summary>
internal sealed class AmqpConnection : AmqpEndpoint
{
    private const int MaxFrameSize = 64 * 1024;
    private const int NoIdleTimeout = -1;

    private readonly OnDemand<RequestLink> _cbs;

    private AmqpConnection(Connection inner, StreamTransport transport, TimeSpan openTimeout)
    {
        Inner = inner;
        Transport = transport;
        _cbs = new OnDemand<RequestLink>(token => RequestLink.OpenAsync(this, "$cbs", null, openTimeout, token), openTimeout);
        Watch(inner);
    }

    public Connection Inner { get; }

    public StreamTransport Transport { get; }

    public static async Task<AmqpConnection> OpenAsync(
        NamespaceEndpoint endpoint,
        TimeSpan idleTimeout,
        TimeSpan openTimeout,
        CancellationToken cancellationToken)
    {
        using var transports = new NamespaceTransports(endpoint, cancellationToken);
        var factory = new ConnectionFactory([transports]);
        factory.SASL.Profile = new CbsSaslProfile();
        factory.AMQP.HostName = endpoint.HostName;
        factory.AMQP.ContainerId = Guid.NewGuid().ToString("N");
        factory.AMQP.MaxFrameSize = MaxFrameSize;
        factory.AMQP.MaxSessionsPerConnection = ushort.MaxValue;
        factory.AMQP.IdleTimeout = idleTimeout > TimeSpan.Zero ? (int)idleTimeout.TotalMilliseconds : NoIdleTimeout;

        // The library cannot be told to give up while it exchanges SASL frames; without a transport it does.
        await using var giveUp = cancellationToken.UnsafeRegister(_ => transports.Transport?.Close(), null);
        try
        {
            var address = new Address(endpoint.HostName, endpoint.Port, scheme: endpoint.UseTls ? "AMQPS" : "AMQP");
            var inner = await factory.CreateAsync(address, cancellationToken, new LinkEvents()).ConfigureAwait(false);
            return new AmqpConnection(inner, transports.Transport, openTimeout);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException(null, null, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            // The library's word for a peer that hung up.
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>Gives the broker a token.</summary>
    /// <exception cref="UnauthorizedAccessException">It is not accepted.</exception>
    public async Task PutTokenAsync(string audience, CbsToken token, CancellationToken cancellationToken)
    {
        var request = new Message(token.Value)
        {
            ApplicationProperties = new()
            {
                ["operation"] = "put-token",
                ["type"] = token.Type,
                ["name"] = audience,
                ["expiration"] = token.ExpiresOn.UtcDateTime,
            },
        };
        var cbs = await _cbs.GetAsync(cancellationToken).ConfigureAwait(false);
        var response = await cbs.RequestAsync(request, cancellationToken).ConfigureAwait(false);
        ManagementResponse.ThrowIfFailed(response);
    }

    public override async Task CloseAsync(CancellationToken cancellationToken)
    {
        await base.CloseAsync(cancellationToken).ConfigureAwait(false);
        Transport.Close();
    }
}
