using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;

namespace ServiceBusEmulator.Tests.Client.Compat;

/// <summary>
/// A broker as small as can be, on AMQPNetLite alone: one queue, and while that is empty no answer to a drain. There are emulators
/// of Service Bus like this.
/// </summary>
internal sealed class DrainlessBroker : IMessageSource, IRequestProcessor, IHandler, IAsyncDisposable
{
    private readonly ContainerHost _host;
    private readonly Channel<Message> _queue = Channel.CreateUnbounded<Message>();
    private readonly string _address;

    public DrainlessBroker(string queue)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        _address = $"localhost:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();

        _host = new ContainerHost(new Address($"amqp://{_address}"));
        _host.Listeners[0].SASL.EnableAnonymousMechanism = true;
        _host.Listeners[0].HandlerFactory = _ => this;
        _host.RegisterRequestProcessor("$cbs", this);
        _host.RegisterMessageSource(queue, this);
        _host.Open();
    }

    public string ConnectionString
        => $"Endpoint=sb://{_address};SharedAccessKeyName=any;SharedAccessKey=any;UseDevelopmentEmulator=true;";

    /// <summary>The outcomes that came, in their order.</summary>
    public ConcurrentQueue<DeliveryState> Outcomes { get; } = new();

    public int Credit => 100;

    public void Enqueue(string body) => _queue.Writer.TryWrite(new Message { BodySection = new Data { Binary = System.Text.Encoding.UTF8.GetBytes(body) } });

    public async Task<ReceiveContext> GetMessageAsync(ListenerLink link)
        => new(link, await _queue.Reader.ReadAsync());

    public void DisposeMessage(ReceiveContext receiveContext, DispositionContext dispositionContext)
    {
        Outcomes.Enqueue(dispositionContext.DeliveryState);
        dispositionContext.Complete();
    }

    public void Process(RequestContext requestContext)
        => requestContext.Complete(new Message
        {
            ApplicationProperties = new ApplicationProperties { ["status-code"] = 202, ["status-description"] = "Accepted" },
        });

    // A lock token is a GUID for a tag.
    public bool CanHandle(EventId id) => id == EventId.SendDelivery;

    public void Handle(Event protocolEvent) => ((IDelivery)protocolEvent.Context).Tag = Guid.NewGuid().ToByteArray();

    // Not IDisposable: the container would dispose its source, which is the broker.
    public ValueTask DisposeAsync()
    {
        _host.Close();
        return ValueTask.CompletedTask;
    }
}
