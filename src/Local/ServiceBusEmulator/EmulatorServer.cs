using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceBusEmulator.Broker;
using ServiceBusEmulator.Protocol;

namespace ServiceBusEmulator;

/// <summary>Service Bus queues in this process, over AMQP 1.0 on the loopback addresses. Nothing outlives it.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private const int MaxFrameSize = 64 * 1024;
    private const int MaxLinks = 4096;
    private const int MostConnections = 1000;
    private const int SmallestUnfinishedLimit = 16 * 1024 * 1024;
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MessageBroker _broker;
    private readonly LoopbackListener _transports;
    private readonly EmulatorContainer _container;
    private readonly IdleLinks _idleLinks;
    private HealthEndpoint? _health;

    private EmulatorServer(EmulatorOptions options)
    {
        _broker = new MessageBroker(options.Queues, options.Clock);
        _transports = new LoopbackListener(options.Port, LimitsFor(options));
        Faults = new FaultScript(_broker, options.Clock, _transports.CutAll);
        _idleLinks = new IdleLinks(options.Clock);
        var logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<EmulatorServer>();
        _container = new EmulatorContainer(_transports, new LinkRouter(_broker, Faults, _idleLinks, logger));
        _container.Listener.HandlerFactory = static _ => DeliveryTags.Instance;
        _container.Listener.AMQP.MaxFrameSize = MaxFrameSize;
        _container.Listener.AMQP.MaxSessionsPerConnection = MaxLinks;
        _container.Listener.AMQP.MaxLinksPerSession = MaxLinks;
        _container.Listener.AMQP.IdleTimeout = (int)IdleTimeout.TotalMilliseconds;
    }

    /// <summary>The AMQP port that it listens on.</summary>
    public int Port => _transports.Port;

    /// <summary>The port of <c>GET /health</c> and <c>POST /faults/drop-connections</c>; null when none was wanted.</summary>
    public int? HttpPort => _health?.Port;

    /// <summary>The connection string for any client of Service Bus.</summary>
    public string ConnectionString =>
        $"Endpoint=sb://localhost:{Port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    /// <summary>How many clients' connections are open. One that has ended counts until all that it has sent is done with.</summary>
    public int Connections => _transports.Connections;

    /// <summary>Faults for tests to script.</summary>
    public FaultScript Faults { get; }

    /// <summary>Starts an emulator.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    /// <exception cref="ArgumentException">Two queues have the same name.</exception>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken cancellationToken = default)
    {
        var server = new EmulatorServer(options);
        try
        {
            if (options.HttpPort is { } port)
            {
                server._health = await HealthEndpoint.StartAsync(port, server.Faults, cancellationToken);
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        // AMQPNetLite would keep to the caller's synchronization context for as long as it accepts connections.
        await Task.Run(server.Open, cancellationToken);
        return server;
    }

    /// <summary>What a queue holds now.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public QueueCounts CountsOf(string queue) => _broker.Find(queue).Counts;

    /// <summary>Closes every connection and forgets every message.</summary>
    public async ValueTask DisposeAsync()
    {
        _idleLinks.Dispose();
        _container.Close();
        _transports.Dispose();
        await _transports.CloseAllAsync(FarewellTimeout);
        _broker.Dispose();
        if (_health is not null)
        {
            await _health.DisposeAsync();
        }
    }

    private void Open()
    {
        _container.Open();
        _transports.Start();
    }

    /// <summary>A message somewhat over its queue's limit must arrive whole, so that it can be refused with a reason.</summary>
    private static TransportLimits LimitsFor(EmulatorOptions options) => new(
        MaxFrameSize,
        Math.Max(SmallestUnfinishedLimit, 4L * options.Queues.Select(static queue => queue.MaxMessageSizeInBytes).DefaultIfEmpty().Max()),
        Patience,
        MostConnections);
}
