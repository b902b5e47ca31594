using System.ComponentModel;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>How a <see cref="ServiceBusReceiver"/> receives.</summary>
public class ServiceBusReceiverOptions
{
    private int _prefetchCount;

    /// <summary>Messages to hold locally ahead of a receive. Default: 0.</summary>
    public int PrefetchCount
    {
        get => _prefetchCount;
        set => _prefetchCount = Check.AtLeast(value, 0, nameof(PrefetchCount));
    }

    /// <summary>When a received message leaves the queue. Default: <see cref="ServiceBusReceiveMode.PeekLock"/>.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;

    /// <summary>Which part of the queue. Default: <see cref="SubQueue.None"/>.</summary>
    public SubQueue SubQueue { get; set; } = SubQueue.None;

    /// <summary>A name for the receiver in logs. Default: null, which makes one.</summary>
    public string Identifier { get; set; }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => base.Equals(obj);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string ToString() => base.ToString();

    internal ServiceBusReceiverOptions Clone() => new()
    {
        _prefetchCount = _prefetchCount,
        ReceiveMode = ReceiveMode,
        SubQueue = SubQueue,
        Identifier = Identifier,
    };
}
