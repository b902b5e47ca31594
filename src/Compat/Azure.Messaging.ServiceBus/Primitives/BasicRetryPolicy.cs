using System.Net.Sockets;

namespace Azure.Messaging.ServiceBus.Primitives;

/// <summary>The retry policy that <see cref="ServiceBusRetryOptions"/> describe.</summary>
internal sealed class BasicRetryPolicy(ServiceBusRetryOptions options) : ServiceBusRetryPolicy
{
    private const double JitterFactor = 0.08;

    /// <inheritdoc/>
    public override TimeSpan CalculateTryTimeout(int attemptCount) => options.TryTimeout;

    /// <inheritdoc/>
    public override TimeSpan? CalculateRetryDelay(Exception lastException, int attemptCount)
        => options.MaxRetries <= 0 || options.Delay == TimeSpan.Zero || options.MaxDelay == TimeSpan.Zero
            || attemptCount > options.MaxRetries || !MayPass(lastException)
            ? null
            : Delay(attemptCount, options.Delay, options.MaxDelay, options.Mode, Random.Shared.NextDouble());

    /// <summary>The wait after a number of attempts.</summary>
    /// <param name="attempts">The attempts made so far, at least 1.</param>
    /// <param name="delay">The base wait.</param>
    /// <param name="maxDelay">The longest wait.</param>
    /// <param name="mode">How the wait grows.</param>
    /// <param name="chance">Decides the jitter; 0 to 1.</param>
    internal static TimeSpan Delay(int attempts, TimeSpan delay, TimeSpan maxDelay, ServiceBusRetryMode mode, double chance)
    {
        var jitter = chance * delay.TotalSeconds * JitterFactor;
        var seconds = mode == ServiceBusRetryMode.Fixed
            ? delay.TotalSeconds + jitter
            : (Math.Pow(2, attempts) * delay.TotalSeconds) + jitter;
        return TimeSpan.FromSeconds(Math.Min(seconds, maxDelay.TotalSeconds));
    }

    private static bool MayPass(Exception exception) => exception switch
    {
        ServiceBusException failure => failure.IsTransient,
        OperationCanceledException or TimeoutException or SocketException or IOException or UnauthorizedAccessException => true,
        AggregateException aggregate => aggregate.Flatten().InnerExceptions is [var single] && MayPass(single),
        _ => false,
    };
}
