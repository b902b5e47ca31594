using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>How often and how soon a failed operation is tried again.</summary>
public class ServiceBusRetryOptions
{
    private int _maxRetries = 3;
    private TimeSpan _delay = TimeSpan.FromSeconds(0.8);
    private TimeSpan _maxDelay = TimeSpan.FromMinutes(1);
    private TimeSpan _tryTimeout = TimeSpan.FromMinutes(1);

    /// <summary>How the wait grows. Default: <see cref="ServiceBusRetryMode.Exponential"/>.</summary>
    public ServiceBusRetryMode Mode { get; set; } = ServiceBusRetryMode.Exponential;

    /// <summary>Further attempts after the first, 0 to 100. Default: 3.</summary>
    public int MaxRetries
    {
        get => _maxRetries;
        set => _maxRetries = Check.InRange(value, 0, 100, nameof(MaxRetries));
    }

    /// <summary>The wait, or the first of the growing waits; 1 ms to 5 minutes. Default: 0.8 s.</summary>
    public TimeSpan Delay
    {
        get => _delay;
        set => _delay = Check.InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5), nameof(Delay));
    }

    /// <summary>The longest wait. Default: 60 s.</summary>
    public TimeSpan MaxDelay
    {
        get => _maxDelay;
        set => _maxDelay = Check.NotNegative(value, nameof(MaxDelay));
    }

    /// <summary>How long one attempt may take, up to 1 hour. Default: 60 s.</summary>
    public TimeSpan TryTimeout
    {
        get => _tryTimeout;
        set
        {
            if (value < TimeSpan.Zero)
            {
                throw new ArgumentException("The timeout must be a positive time span.", nameof(TryTimeout));
            }

            _tryTimeout = Check.InRange(value, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(TryTimeout));
        }
    }

    /// <summary>A policy that replaces all of the above. Default: null.</summary>
    public ServiceBusRetryPolicy CustomRetryPolicy { get; set; }

    internal ServiceBusRetryPolicy ToRetryPolicy() => CustomRetryPolicy ?? new BasicRetryPolicy(this);

    internal ServiceBusRetryOptions Clone() => new()
    {
        CustomRetryPolicy = CustomRetryPolicy,
        Mode = Mode,
        _maxRetries = _maxRetries,
        _delay = _delay,
        _maxDelay = _maxDelay,
        _tryTimeout = _tryTimeout,
    };
}
