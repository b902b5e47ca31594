using Amqp;
using Amqp.Framing;
using Amqp.Sasl;

namespace ServiceBusEmulator.Tests;

/// <summary>A plain AMQP client, for what Microsoft's clients would hide or retry.</summary>
internal sealed class AmqpPeer : IAsyncDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private AmqpPeer(Connection connection)
    {
        Connection = connection;
        Session = new Session(connection);
        connection.AddClosedCallback((_, error) => _closed.TrySetResult(error));
    }

    private readonly TaskCompletionSource<Error?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Connection Connection { get; }

    public Session Session { get; }

    /// <summary>Ends when the connection has.</summary>
    public Task<Error?> Closed => _closed.Task.WaitAsync(Timeout);

    public static async Task<AmqpPeer> ConnectAsync(EmulatorServer server, SaslProfile? sasl = null)
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = sasl;
        return new AmqpPeer(await factory.CreateAsync(new Address($"amqp://localhost:{server.Port}")));
    }

    public async Task SendAsync(string queue, params string[] ids)
    {
        var sender = new SenderLink(Session, $"send-{Guid.NewGuid()}", queue);
        foreach (var id in ids)
        {
            await sender.SendAsync(new Message(id) { Properties = new Properties { MessageId = id } }, Timeout);
        }

        await sender.CloseAsync();
    }

    /// <summary>A receiver in peek-lock mode that answers for its messages itself.</summary>
    public ReceiverLink NewReceiver(string queue, int credit = 10)
    {
        var attach = new Attach { Source = new Source { Address = queue }, Target = new Target(), RcvSettleMode = ReceiverSettleMode.Second };
        var receiver = new ReceiverLink(Session, $"receive-{Guid.NewGuid()}", attach, onAttached: null);
        receiver.SetCredit(credit, CreditMode.Manual);
        return receiver;
    }

    public static async Task<Message> ReceiveAsync(ReceiverLink receiver) =>
        await receiver.ReceiveAsync(Timeout) ?? throw new TimeoutException("A message was expected.");

    /// <summary>The error that a link is refused or ended with.</summary>
    public static async Task<Error> EndOf(Link link)
    {
        var ended = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        link.AddClosedCallback((sender, error) => ended.TrySetResult(error ?? sender.Error));
        return await ended.Task.WaitAsync(Timeout);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Connection.CloseAsync(TimeSpan.FromSeconds(1), error: null);
        }
        catch (Exception exception) when (exception is AmqpException or TimeoutException or ObjectDisposedException)
        {
            // The emulator has cut it.
        }
    }
}
