using System.ComponentModel;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>How a <see cref="ServiceBusProcessor"/> processes.</summary>
public class ServiceBusProcessorOptions
{
    private int _prefetchCount;
    private TimeSpan _maxAutoLockRenewalDuration = TimeSpan.FromMinutes(5);
    private int _maxConcurrentCalls = 1;

    /// <summary>Messages to hold locally ahead of a receive. Default: 0.</summary>
    public int PrefetchCount
    {
        get => _prefetchCount;
        set => _prefetchCount = Check.AtLeast(value, 0, nameof(PrefetchCount));
    }

    /// <summary>When a received message leaves the queue. Default: <see cref="ServiceBusReceiveMode.PeekLock"/>.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;

    /// <summary>Whether a message is completed when its handler returns without having settled it. Default: true.</summary>
    public bool AutoCompleteMessages { get; set; } = true;

    /// <summary>
    /// How long a message's lock is renewed while its handler runs; zero for never,
    /// <see cref="Timeout.InfiniteTimeSpan"/> for as long as it runs. Default: 5 minutes.
    /// </summary>
    public TimeSpan MaxAutoLockRenewalDuration
    {
        get => _maxAutoLockRenewalDuration;
        set => _maxAutoLockRenewalDuration = value == Timeout.InfiniteTimeSpan
            ? value
            : Check.NotNegative(value, nameof(MaxAutoLockRenewalDuration));
    }

    /// <summary>How many handlers may run at once, at least 1. Default: 1.</summary>
    public int MaxConcurrentCalls
    {
        get => _maxConcurrentCalls;
        set => _maxConcurrentCalls = Check.AtLeast(value, 1, nameof(MaxConcurrentCalls));
    }

    /// <summary>Which part of the queue. Default: <see cref="SubQueue.None"/>.</summary>
    public SubQueue SubQueue { get; set; } = SubQueue.None;

    /// <summary>A name for the processor in logs. Default: null, which makes one.</summary>
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

    internal ServiceBusProcessorOptions Clone() => new()
    {
        _prefetchCount = _prefetchCount,
        ReceiveMode = ReceiveMode,
        AutoCompleteMessages = AutoCompleteMessages,
        _maxAutoLockRenewalDuration = _maxAutoLockRenewalDuration,
        _maxConcurrentCalls = _maxConcurrentCalls,
        SubQueue = SubQueue,
        Identifier = Identifier,
    };
}
