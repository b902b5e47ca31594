using System.Net.Sockets;
using System.Text;
using Amqp;
using Amqp.Sasl;
using Amqp.Types;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// The server's side of SASL. The emulator lets everybody in, so all it must do is to name the mechanisms that clients of
/// Service Bus look for: MSSBCBS is Microsoft's own, and AMQPNetLite's listener does not have it.
/// </summary>
internal static class SaslHandshake
{
    private const int HeaderSize = 8;
    private const int MaxFrameSize = 4096;
    private static readonly string[] Mechanisms = ["MSSBCBS", "ANONYMOUS", "PLAIN"];
    private static readonly byte[] SaslHeader = [.. "AMQP"u8, 3, 1, 0, 0];
    private static readonly byte[] AmqpHeader = [.. "AMQP"u8, 0, 1, 0, 0];
    private static readonly byte[] Offer = [.. SaslHeader, .. Frame(new SaslMechanisms { SaslServerMechanisms = [.. Mechanisms.Select(static name => new Symbol(name))] })];
    private static readonly byte[] Accepted = Frame(new SaslOutcome { Code = SaslCode.Ok });
    private static readonly byte[] Refused = Frame(new SaslOutcome { Code = SaslCode.Auth });

    /// <summary>Runs the handshake, if the peer wants one.</summary>
    /// <returns>The AMQP header that the peer began its connection with; null when the peer speaks something else or was refused.</returns>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The peer took too long.</exception>
    public static async Task<ReadOnlyMemory<byte>?> RunAsync(Socket socket, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderSize];
        if (!await ReadAsync(socket, header, cancellationToken))
        {
            return null;
        }

        if (header.AsSpan().SequenceEqual(SaslHeader) && !await AuthenticateAsync(socket, header, cancellationToken))
        {
            return null;
        }

        if (header.AsSpan().SequenceEqual(AmqpHeader))
        {
            return header;
        }

        await socket.SendAsync(SaslHeader, SocketFlags.None, cancellationToken);
        return null;
    }

    private static async Task<bool> AuthenticateAsync(Socket socket, byte[] nextHeader, CancellationToken cancellationToken)
    {
        await socket.SendAsync(Offer, SocketFlags.None, cancellationToken);
        if (await ReadInitAsync(socket, cancellationToken) is not { } init)
        {
            return false;
        }

        var known = Mechanisms.Any(name => init.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) >= 0);
        await socket.SendAsync(known ? Accepted : Refused, SocketFlags.None, cancellationToken);

        // AMQPNetLite sends its header and open as soon as it has a connection. Node's client loses them when they come in one
        // packet with the outcome, so the connection must not begin before the client says that it does.
        return known && await ReadAsync(socket, nextHeader, cancellationToken);
    }

    private static async Task<byte[]?> ReadInitAsync(Socket socket, CancellationToken cancellationToken)
    {
        var size = new byte[sizeof(uint)];
        if (!await ReadAsync(socket, size, cancellationToken))
        {
            return null;
        }

        var length = AmqpBitConverter.ReadInt(size, 0);
        if (length is < HeaderSize or > MaxFrameSize)
        {
            return null;
        }

        var frame = new byte[length - size.Length];
        return await ReadAsync(socket, frame, cancellationToken) ? frame : null;
    }

    private static async Task<bool> ReadAsync(Socket socket, Memory<byte> into, CancellationToken cancellationToken)
    {
        while (!into.IsEmpty)
        {
            var read = await socket.ReceiveAsync(into, SocketFlags.None, cancellationToken);
            if (read == 0)
            {
                return false;
            }

            into = into[read..];
        }

        return true;
    }

    private static byte[] Frame(DescribedList command)
    {
        var buffer = new ByteBuffer(256, autoGrow: true);
        AmqpBitConverter.WriteInt(buffer, 0);
        AmqpBitConverter.WriteBytes(buffer, [2, 1, 0, 0], 0, 4);
        command.Encode(buffer);
        AmqpBitConverter.WriteInt(buffer.Buffer, buffer.Offset, buffer.Length);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }
}
