using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client.Compat;

/// <summary>A broker on AMQPNetLite's own listener, which names deliveries by counting them rather than by lock tokens.</summary>
public sealed class ForeignBrokerTests : IDisposable
{
    private readonly ContainerHost _broker = new(new Address($"amqp://localhost:{FreePort()}"));
    private readonly OneMessage _queue = new();

    public ForeignBrokerTests()
    {
        _broker.Listeners[0].SASL.EnableAnonymousMechanism = true;
        _broker.RegisterRequestProcessor("$cbs", new AnyToken());
        _broker.RegisterMessageSource("q", _queue);
        _broker.Open();
    }

    public void Dispose() => _broker.Close();

    [Fact(Timeout = 60_000)]
    public async Task A_delivery_that_cannot_be_settled_later_is_not_settled_on_arrival()
    {
        await using (var client = new ServiceBusClient(
            $"Endpoint=sb://localhost:{_broker.Listeners[0].Address.Port};SharedAccessKeyName=n;SharedAccessKey=k;UseDevelopmentEmulator=true;"))
        {
            await using var receiver = client.CreateReceiver("q");
            var message = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.Equal(Guid.Empty, Guid.Parse(message.LockToken));
        }

        // The broker takes back what its link leaves unsettled.
        Assert.IsType<Released>(await _queue.Outcome);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class AnyToken : IRequestProcessor
    {
        public int Credit => 10;

        public void Process(RequestContext requestContext) => requestContext.Complete(new Message
        {
            ApplicationProperties = new ApplicationProperties { ["status-code"] = 202 },
        });
    }

    private sealed class OneMessage : IMessageSource
    {
        private readonly TaskCompletionSource<DeliveryState> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _given;

        public Task<DeliveryState> Outcome => _outcome.Task;

        public Task<ReceiveContext> GetMessageAsync(ListenerLink link) => Interlocked.Exchange(ref _given, 1) == 0
            ? Task.FromResult(new ReceiveContext(link, new Message("m")))
            : new TaskCompletionSource<ReceiveContext>().Task;

        public void DisposeMessage(ReceiveContext receiveContext, DispositionContext dispositionContext)
        {
            _outcome.TrySetResult(dispositionContext.DeliveryState);
            dispositionContext.Complete();
        }
    }
}
