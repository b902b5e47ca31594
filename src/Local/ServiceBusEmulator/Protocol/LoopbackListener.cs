using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// Accepts connections on the loopback addresses and hands AMQPNetLite those that got through the handshake. Its own listener
/// would serve on every network interface, tell no port, wait for a silent peer for ever, and offer no MSSBCBS.
/// </summary>
internal sealed class LoopbackListener : TransportProvider
{
    private const int Backlog = 512;
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(20);

    private readonly List<Socket> _sockets = [];
    private readonly Channel<IAsyncTransport> _accepted = Channel.CreateUnbounded<IAsyncTransport>();
    private readonly ConcurrentDictionary<SocketTransport, byte> _open = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <exception cref="IOException">The port is taken.</exception>
    public LoopbackListener(int port)
    {
        AddressSchemes = ["amqp"];
        Port = Bind(IPAddress.Loopback, port);
        if (Socket.OSSupportsIPv6)
        {
            try
            {
                Bind(IPAddress.IPv6Loopback, Port);
            }
            catch (IOException)
            {
                // Clients that find nothing on ::1 go on to 127.0.0.1.
            }
        }
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    public void Start()
    {
        foreach (var socket in _sockets)
        {
            _ = AcceptAsync(socket);
        }
    }

    /// <summary>Cuts every connection.</summary>
    public void CutAll()
    {
        foreach (var transport in _open.Keys)
        {
            transport.Cut();
        }
    }

    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        if (await _accepted.Reader.WaitToReadAsync().ConfigureAwait(false) && _accepted.Reader.TryRead(out var transport))
        {
            // AMQPNetLite starts reading on the caller's thread; a peer that talks a lot must not keep others from being accepted.
            await Task.Yield();
            return transport;
        }

        // AMQPNetLite asks again at once, for ever, whatever is answered: the only way to end its loop is not to answer.
        return await new TaskCompletionSource<IAsyncTransport>().Task.ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _stopping.Cancel();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _accepted.Writer.TryComplete();
        _stopping.Dispose();
        base.Dispose();
    }

    private int Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"The Service Bus emulator cannot listen on port {port}: {exception.Message}.", exception);
        }

        _sockets.Add(socket);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                _ = GreetAsync(socket);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer was gone before it was accepted.
            }
        }
    }

    private async Task GreetAsync(Socket socket)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            patience.CancelAfter(HandshakeTimeout);
            if (await SaslHandshake.RunAsync(socket, patience.Token).ConfigureAwait(false) is { } alreadyRead)
            {
                var transport = new SocketTransport(socket, alreadyRead, onClosed: closed => _open.TryRemove(closed, out _));
                _open.TryAdd(transport, 0);
                _accepted.Writer.TryWrite(transport);
                return;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A peer that breaks off or says nothing is let go.
        }

        socket.Dispose();
    }
}
