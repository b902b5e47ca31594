using System.Net.Security;
using System.Net.Sockets;
using Amqp;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp.Transport;

/// <summary>Connects to one namespace: TCP, and TLS where the namespace has it.</summary>
internal sealed class NamespaceTransports : TransportProvider
{
    private readonly NamespaceEndpoint _endpoint;
    private readonly CancellationToken _cancellationToken;

    public NamespaceTransports(NamespaceEndpoint endpoint, CancellationToken cancellationToken)
    {
        _endpoint = endpoint;
        _cancellationToken = cancellationToken;
        AddressSchemes = ["AMQP", "AMQPS"];
    }

    /// <summary>The transport that was made; null before.</summary>
    public StreamTransport Transport { get; private set; }

    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream stream = null;
        try
        {
            await socket.ConnectAsync(_endpoint.ConnectHost, _endpoint.Port, _cancellationToken).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (_endpoint.UseTls)
            {
                var secure = new SslStream(stream);
                stream = secure;
                var options = new SslClientAuthenticationOptions { TargetHost = _endpoint.HostName };
                await secure.AuthenticateAsClientAsync(options, _cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            stream?.Dispose();
            socket.Dispose();
            throw;
        }

        return Transport = new StreamTransport(stream);
    }
}
