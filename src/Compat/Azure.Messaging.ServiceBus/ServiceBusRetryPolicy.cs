using System.ComponentModel;

namespace Azure.Messaging.ServiceBus;

/// <summary>Decides how long an attempt may take and how long to wait before the next one.</summary>
public abstract class ServiceBusRetryPolicy
{
    /// <summary>How long an attempt may take.</summary>
    /// <param name="attemptCount">The attempts made so far.</param>
    public abstract TimeSpan CalculateTryTimeout(int attemptCount);

    /// <summary>How long to wait before the next attempt; null for no further attempt.</summary>
    /// <param name="lastException">What the last attempt failed with.</param>
    /// <param name="attemptCount">The attempts made so far.</param>
    public abstract TimeSpan? CalculateRetryDelay(Exception lastException, int attemptCount);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => base.Equals(obj);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string ToString() => base.ToString();
}
