#nullable enable
using System.ComponentModel;

namespace Azure.Core.Amqp;

/// <summary>The id of an AMQP message, as text.</summary>
/// <param name="messageId">The id.</param>
public readonly struct AmqpMessageId(string messageId) : IEquatable<AmqpMessageId>
{
    private readonly string _messageId = messageId ?? throw new ArgumentNullException(nameof(messageId));

    /// <summary>Whether both are the same id.</summary>
    public static bool operator ==(AmqpMessageId left, AmqpMessageId right) => left.Equals(right);

    /// <summary>Whether they are different ids.</summary>
    public static bool operator !=(AmqpMessageId left, AmqpMessageId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AmqpMessageId other) => _messageId == other._messageId;

    /// <summary>Whether it is this id.</summary>
    /// <param name="other">An id.</param>
    public bool Equals(string other) => _messageId == other;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj switch
    {
        AmqpMessageId other => Equals(other),
        string other => Equals(other),
        _ => false,
    };

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _messageId?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The id.</summary>
    public override string ToString() => _messageId;
}
