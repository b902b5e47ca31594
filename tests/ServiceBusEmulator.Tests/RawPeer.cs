using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace ServiceBusEmulator.Tests;

/// <summary>A peer that writes what it likes.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    public static readonly byte[] AmqpHeader = [.. "AMQP"u8, 0, 1, 0, 0];
    public static readonly byte[] SaslHeader = [.. "AMQP"u8, 3, 1, 0, 0];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static Task<RawPeer> ConnectAsync(EmulatorServer server) => ConnectAsync(server.Port);

    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var peer = new RawPeer();
        await peer._socket.ConnectAsync(IPAddress.Loopback, port);
        return peer;
    }

    /// <summary>A frame as it goes over the wire.</summary>
    public static byte[] Frame(ushort channel, DescribedList performative, byte[]? payload = null)
    {
        var buffer = new ByteBuffer(512, autoGrow: true);
        AmqpBitConverter.WriteInt(buffer, 0);
        AmqpBitConverter.WriteBytes(buffer, [2, 0, (byte)(channel >> 8), (byte)channel], 0, 4);
        performative.Encode(buffer);
        AmqpBitConverter.WriteBytes(buffer, payload ?? [], 0, payload?.Length ?? 0);
        AmqpBitConverter.WriteInt(buffer.Buffer, buffer.Offset, buffer.Length);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    public async Task OpenAsync()
    {
        await SendAsync(AmqpHeader);
        await SendAsync(0, new Open { ContainerId = $"raw-{Guid.NewGuid()}", HostName = "localhost", MaxFrameSize = 65536 });
    }

    public Task SendAsync(ushort channel, DescribedList performative, byte[]? payload = null) => SendAsync(Frame(channel, performative, payload));

    public async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent));
        }
    }

    /// <summary>Reads until some bytes have come.</summary>
    public async Task ReadUntilAsync(byte[] wanted)
    {
        using var limit = new CancellationTokenSource(AmqpPeer.Timeout);
        var (buffer, read) = (new byte[64 * 1024], 0);
        while (buffer.AsSpan(0, read).IndexOf(wanted) < 0)
        {
            var more = await _socket.ReceiveAsync(buffer.AsMemory(read), limit.Token);
            read += more > 0 ? more : throw new EndOfStreamException("The connection has ended.");
        }
    }

    /// <summary>Reads until the other side has ended the connection.</summary>
    /// <returns>How many bytes came before that.</returns>
    public async Task<int> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(AmqpPeer.Timeout);
        var buffer = new byte[4096];
        var total = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer, limit.Token) is > 0 and var read)
            {
                total += read;
            }
        }
        catch (SocketException)
        {
            // It was reset rather than closed: an end all the same.
        }

        return total;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
