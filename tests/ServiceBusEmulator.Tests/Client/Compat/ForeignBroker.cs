using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;

namespace ServiceBusEmulator.Tests.Client.Compat;

/// <summary>A broker of one queue, <c>q</c>, made as others make theirs: of AMQPNetLite's own listener, message source and processor.</summary>
internal sealed class ForeignBroker : IMessageSource, IMessageProcessor, IRequestProcessor, IHandler
{
    private readonly ContainerHost _host = new(new Address($"amqp://localhost:{FreePort()}"));
    private readonly Channel<Message> _queue = Channel.CreateUnbounded<Message>();
    private readonly Channel<DeliveryState> _outcomes = Channel.CreateUnbounded<DeliveryState>();

    public ForeignBroker()
    {
        _host.Listeners[0].SASL.EnableAnonymousMechanism = true;
        _host.Listeners[0].HandlerFactory = _ => this;
        _host.RegisterRequestProcessor("$cbs", this);
        _host.RegisterMessageSource("q", this);
        _host.RegisterMessageProcessor("q", this);
        _host.Open();
    }

    public string ConnectionString =>
        $"Endpoint=sb://localhost:{_host.Listeners[0].Address.Port};SharedAccessKeyName=n;SharedAccessKey=k;UseDevelopmentEmulator=true;";

    /// <summary>Whether it tags deliveries with lock tokens; else it counts them.</summary>
    public bool GivesLocks { get; set; } = true;

    /// <summary>Whether it answers a drain, though late; else never while it has nothing to send.</summary>
    public bool AnswersDrains { get; set; } = true;

    /// <summary>What became of deliveries, in their order.</summary>
    public ChannelReader<DeliveryState> Outcomes => _outcomes.Reader;

    /// <summary>What came in, until it is received.</summary>
    public ChannelReader<Message> Messages => _queue.Reader;

    int IMessageProcessor.Credit => 10;

    int IRequestProcessor.Credit => 10;

    public void Add(Message message) => _queue.Writer.TryWrite(message);

    public async Task<ReceiveContext> GetMessageAsync(ListenerLink link)
    {
        // As others do: looked for again and again, so that a drain is answered late.
        while (!(AnswersDrains && link.IsDraining) && !link.IsClosed)
        {
            if (_queue.Reader.TryRead(out var message))
            {
                return new ReceiveContext(link, message);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return null!;
    }

    public void DisposeMessage(ReceiveContext receiveContext, DispositionContext dispositionContext)
    {
        _outcomes.Writer.TryWrite(dispositionContext.DeliveryState);
        dispositionContext.Complete();
    }

    void IMessageProcessor.Process(MessageContext messageContext)
    {
        Add(messageContext.Message);
        messageContext.Complete();
    }

    void IRequestProcessor.Process(RequestContext requestContext) => requestContext.Complete(new Message
    {
        ApplicationProperties = new ApplicationProperties { ["status-code"] = 202 },
    });

    bool IHandler.CanHandle(EventId id) => id == EventId.SendDelivery;

    void IHandler.Handle(Event protocolEvent)
    {
        if (GivesLocks && protocolEvent.Context is IDelivery delivery)
        {
            delivery.Tag = Guid.NewGuid().ToByteArray();
        }
    }

    // The host disposes of sources that can be disposed of: this one closes the host.
    public void Close() => _host.Close();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
