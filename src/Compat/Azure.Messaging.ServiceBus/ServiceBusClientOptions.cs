using System.ComponentModel;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>How a <see cref="ServiceBusClient"/> connects.</summary>
public class ServiceBusClientOptions
{
    private ServiceBusRetryOptions _retryOptions = new();
    private Uri _customEndpointAddress;
    private TimeSpan _connectionIdleTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The transport. Default: <see cref="ServiceBusTransportType.AmqpTcp"/>.</summary>
    public ServiceBusTransportType TransportType { get; set; } = ServiceBusTransportType.AmqpTcp;

    /// <summary>
    /// Where to connect to instead of the namespace itself, for a gateway or proxy; the namespace stays the AMQP host.
    /// Default: null.
    /// </summary>
    public Uri CustomEndpointAddress
    {
        get => _customEndpointAddress;
        set => _customEndpointAddress = value;
    }

    /// <summary>A name for the client in logs. Default: null, which makes one.</summary>
    public string Identifier { get; set; }

    /// <summary>How long a connection may be silent before it counts as broken. Default: 1 minute.</summary>
    public TimeSpan ConnectionIdleTimeout
    {
        get => _connectionIdleTimeout;
        set => _connectionIdleTimeout = Check.NotNegative(value, nameof(ConnectionIdleTimeout));
    }

    /// <summary>How often and how soon failed operations are tried again. Never null.</summary>
    public ServiceBusRetryOptions RetryOptions
    {
        get => _retryOptions;
        set => _retryOptions = Check.NotNull(value, nameof(RetryOptions));
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => base.Equals(obj);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string ToString() => base.ToString();

    internal ServiceBusClientOptions Clone() => new()
    {
        TransportType = TransportType,
        _customEndpointAddress = _customEndpointAddress,
        Identifier = Identifier,
        _connectionIdleTimeout = _connectionIdleTimeout,
        _retryOptions = _retryOptions.Clone(),
    };
}
