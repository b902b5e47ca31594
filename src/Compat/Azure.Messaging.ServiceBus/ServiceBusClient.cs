using Azure.Core;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// A connection to a Service Bus namespace, shared by the senders, receivers and processors made from it. It connects
/// when the first of them needs it, and again when the connection breaks. Safe for concurrent use; meant to live as
/// long as the application.
/// </summary>
public class ServiceBusClient : IAsyncDisposable
{
    private readonly string _identifier;
    private volatile bool _closed;

    /// <summary>For mocks.</summary>
    protected ServiceBusClient()
    {
    }

    /// <summary>Makes a client of a connection string.</summary>
    /// <param name="connectionString">
    /// As the Azure portal shows it. With <c>UseDevelopmentEmulator=true</c>, AMQP without TLS on port 5672 unless
    /// the endpoint names another.
    /// </param>
    /// <exception cref="FormatException">It cannot be read.</exception>
    /// <exception cref="ArgumentException">It lacks an endpoint or credentials, or mixes kinds of credentials.</exception>
    public ServiceBusClient(string connectionString)
        : this(connectionString, new ServiceBusClientOptions())
    {
    }

    /// <summary>Makes a client that authenticates with an identity.</summary>
    /// <param name="fullyQualifiedNamespace">Such as <c>name.servicebus.windows.net</c>.</param>
    /// <param name="credential">The identity; it needs a role on the queues used.</param>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential)
        : this(fullyQualifiedNamespace, credential, new ServiceBusClientOptions())
    {
    }

    /// <summary>Makes a client of a connection string.</summary>
    /// <param name="connectionString">
    /// As the Azure portal shows it. With <c>UseDevelopmentEmulator=true</c>, AMQP without TLS on port 5672 unless
    /// the endpoint names another.
    /// </param>
    /// <param name="options">How to connect; later changes to it have no effect.</param>
    /// <exception cref="FormatException">It cannot be read.</exception>
    /// <exception cref="ArgumentException">It lacks an endpoint or credentials, or mixes kinds of credentials.</exception>
    public ServiceBusClient(string connectionString, ServiceBusClientOptions options)
    {
        options = options?.Clone() ?? new ServiceBusClientOptions();
        Connection = ServiceBusConnection.FromConnectionString(connectionString, options);
        _identifier = IdentifierOf(options);
        TransportType = options.TransportType;
    }

    /// <summary>Makes a client that authenticates with an identity.</summary>
    /// <param name="fullyQualifiedNamespace">Such as <c>name.servicebus.windows.net</c>.</param>
    /// <param name="credential">The identity; it needs a role on the queues used.</param>
    /// <param name="options">How to connect; later changes to it have no effect.</param>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options)
    {
        options = options?.Clone() ?? new ServiceBusClientOptions();
        Connection = ServiceBusConnection.FromCredential(fullyQualifiedNamespace, credential, options);
        _identifier = IdentifierOf(options);
        TransportType = options.TransportType;
    }

    /// <summary>The namespace, such as <c>name.servicebus.windows.net</c>.</summary>
    public virtual string FullyQualifiedNamespace => Connection.FullyQualifiedNamespace;

    /// <summary>Whether it was disposed.</summary>
    public virtual bool IsClosed => _closed;

    /// <summary>How it reaches Service Bus.</summary>
    public ServiceBusTransportType TransportType { get; }

    /// <summary>Its name in logs.</summary>
    public virtual string Identifier => _identifier;

    internal ServiceBusConnection Connection { get; }

    /// <summary>Closes the connection and all that was made from this client. Doing it again does nothing.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        _closed = true;
        if (Connection is not null)
        {
            await Connection.CloseAsync().ConfigureAwait(false);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a sender to a queue. Nothing is sent over the network yet.</summary>
    /// <param name="queueOrTopicName">The queue.</param>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName)
        => CreateSender(queueOrTopicName, new ServiceBusSenderOptions());

    /// <summary>Makes a sender to a queue. Nothing is sent over the network yet.</summary>
    /// <param name="queueOrTopicName">The queue.</param>
    /// <param name="options">The sender's options.</param>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName, ServiceBusSenderOptions options)
    {
        ValidateEntityName(queueOrTopicName);
        return new ServiceBusSender(queueOrTopicName, Connection, options);
    }

    /// <summary>Makes a receiver of a queue. Nothing is sent over the network yet.</summary>
    /// <param name="queueName">The queue.</param>
    public virtual ServiceBusReceiver CreateReceiver(string queueName)
        => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    /// <summary>Makes a receiver of a queue. Nothing is sent over the network yet.</summary>
    /// <param name="queueName">The queue.</param>
    /// <param name="options">The receiver's options.</param>
    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options)
    {
        ValidateEntityName(queueName);
        return new ServiceBusReceiver(Connection, queueName, options);
    }

    /// <summary>Makes a processor of a queue. It starts when it is told to.</summary>
    /// <param name="queueName">The queue.</param>
    public virtual ServiceBusProcessor CreateProcessor(string queueName)
        => CreateProcessor(queueName, new ServiceBusProcessorOptions());

    /// <summary>Makes a processor of a queue. It starts when it is told to.</summary>
    /// <param name="queueName">The queue.</param>
    /// <param name="options">The processor's options.</param>
    public virtual ServiceBusProcessor CreateProcessor(string queueName, ServiceBusProcessorOptions options)
    {
        ValidateEntityName(queueName);
        return new ServiceBusProcessor(Connection, queueName, options);
    }

    private static string IdentifierOf(ServiceBusClientOptions options)
        => string.IsNullOrEmpty(options.Identifier) ? $"ServiceBusClient-{Guid.NewGuid():D}" : options.Identifier;

    private void ValidateEntityName(string entityName)
    {
        if (!string.IsNullOrEmpty(Connection.EntityPath)
            && !string.Equals(entityName, Connection.EntityPath, StringComparison.InvariantCultureIgnoreCase))
        {
            throw new ArgumentException(
                "The queue or topic name was specified both in the connection string and as a parameter, with different values. "
                + "Specify it in one place.");
        }
    }
}
