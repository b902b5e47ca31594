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

    private readonly TransportLimits _limits;
    private readonly List<Socket> _sockets = [];
    private readonly Channel<IAsyncTransport> _accepted = Channel.CreateUnbounded<IAsyncTransport>();
    private readonly ConcurrentDictionary<SocketTransport, byte> _open = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _held;
    private int _isDisposed;

    /// <exception cref="IOException">The port is taken.</exception>
    public LoopbackListener(int port, TransportLimits limits)
    {
        _limits = limits;
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

    /// <summary>How many connections are open.</summary>
    public int Connections => _open.Count;

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

    /// <summary>Gives clients a moment to answer the close that they were sent, then cuts those that did not.</summary>
    public async Task CloseAllAsync(TimeSpan timeout)
    {
        if (_open.IsEmpty)
        {
            return;
        }

        await Task.WhenAny(_allClosed.Task, Task.Delay(timeout));
        CutAll();
    }

    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        if (await _accepted.Reader.WaitToReadAsync() && _accepted.Reader.TryRead(out var transport))
        {
            return transport;
        }

        // AMQPNetLite asks again at once, for ever, whatever is answered: the only way to end its loop is not to answer.
        return await new TaskCompletionSource<IAsyncTransport>().Task;
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

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
                var socket = await listener.AcceptAsync(_stopping.Token);
                socket.NoDelay = true;
                if (Interlocked.Increment(ref _held) <= _limits.MostConnections)
                {
                    _ = GreetAsync(socket);
                }
                else
                {
                    LetGo(socket);
                }
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
            patience.CancelAfter(_limits.Patience);
            if (await SaslHandshake.RunAsync(socket, patience.Token) is { } alreadyRead)
            {
                var transport = new SocketTransport(socket, alreadyRead, _limits, OnClosed);
                _open.TryAdd(transport, 0);
                _accepted.Writer.TryWrite(transport);
                return;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A peer that breaks off or says nothing is let go.
        }

        LetGo(socket);
    }

    private void LetGo(Socket socket)
    {
        socket.Dispose();
        Interlocked.Decrement(ref _held);
    }

    private void OnClosed(SocketTransport transport)
    {
        if (_open.TryRemove(transport, out _))
        {
            Interlocked.Decrement(ref _held);
        }

        if (_stopping.IsCancellationRequested && _open.IsEmpty)
        {
            _allClosed.TrySetResult();
        }
    }
}
