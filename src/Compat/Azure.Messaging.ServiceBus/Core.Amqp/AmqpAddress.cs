#nullable enable
using System.ComponentModel;

namespace Azure.Core.Amqp;

/// <summary>The address of an AMQP node.</summary>
/// <param name="address">The address.</param>
public readonly struct AmqpAddress(string address) : IEquatable<AmqpAddress>
{
    private readonly string _address = address ?? throw new ArgumentNullException(nameof(address));

    /// <summary>Whether both are the same address.</summary>
    public static bool operator ==(AmqpAddress left, AmqpAddress right) => left.Equals(right);

    /// <summary>Whether they are different addresses.</summary>
    public static bool operator !=(AmqpAddress left, AmqpAddress right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AmqpAddress other) => _address == other._address;

    /// <summary>Whether it is this address.</summary>
    /// <param name="other">An address.</param>
    public bool Equals(string other) => _address == other;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj switch
    {
        AmqpAddress other => Equals(other),
        string other => Equals(other),
        _ => false,
    };

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _address?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The address.</summary>
    public override string ToString() => _address;
}
