namespace Azure.Messaging.ServiceBus.Primitives;

/// <summary>Argument checks that return what they checked, with the exceptions that Microsoft's client throws.</summary>
internal static class Check
{
    public static T NotNull<T>(T value, string name)
        where T : class
        => value ?? throw new ArgumentNullException(name);

    public static string NotNullOrEmpty(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }

    public static string NotNullOrWhiteSpace(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }

    public static T InRange<T>(T value, T smallest, T largest, string name)
        where T : struct, IComparable<T>
        => value.CompareTo(smallest) < 0 || value.CompareTo(largest) > 0
            ? throw new ArgumentOutOfRangeException(name, $"The value supplied must be between {smallest} and {largest}.")
            : value;

    public static int AtLeast(int value, int smallest, string name)
        => value < smallest
            ? throw new ArgumentOutOfRangeException(name, $"The value supplied must be greater than or equal to {smallest}.")
            : value;

    public static TimeSpan NotNegative(TimeSpan value, string name)
        => value < TimeSpan.Zero
            ? throw new ArgumentException($"Argument {name} must be a non-negative timespan value. The provided value was {value}.", name)
            : value;

    public static TimeSpan Positive(TimeSpan value, string name)
        => value <= TimeSpan.Zero
            ? throw new ArgumentOutOfRangeException(name, $"Argument {name} must be a positive timespan value. The provided value was {value}.")
            : value;

    public static void NotClosed(bool closed, string name)
    {
        if (closed)
        {
            throw new ObjectDisposedException(name, $"{name} has already been closed and cannot perform the requested operation.");
        }
    }

    /// <summary>Microsoft's client reports a token that is canceled at the start in this way, not as the base class.</summary>
    public static void NotCanceled(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException(null, null, cancellationToken);
        }
    }
}
